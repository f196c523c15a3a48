"""A server as people call it."""

from urllib.parse import urlsplit


def host_of(server: str) -> str:
    """The name in the address; what has none is shown as it is."""
    return urlsplit(server).hostname or server
