"""Which names and addresses are this computer."""

from ipaddress import ip_address


def is_loopback(host: str) -> bool:
    """Whether `host` is this computer; other names may lead anywhere."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
