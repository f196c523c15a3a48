"""Where texts are published, how a publication stands, and when what failed is tried again."""

from typing import Literal
from urllib.parse import urlsplit

Kind = Literal["wordpress", "ghost", "webhook", "folder"]
State = Literal["waiting", "scheduled", "draft", "published", "failed", "cancelled"]
# What keeps a text from its site; all but the last three are to be mended by a person.
Cause = Literal[
    "address",
    "certificate",
    "header",
    "password",
    "permission",
    "gone",
    "taken",
    "text",
    "answer",
    "busy",
    "connection",
    "locked",
]
# These hold a post until its time by themselves, also while this computer sleeps.
KEEPS_TIME: frozenset[Kind] = frozenset({"wordpress", "ghost"})
SOON = 5.0  # seconds: so long somebody waits for the next attempt
_PAUSES = (0.5, 2.0, 60.0, 300.0, 900.0, 1800.0, 3600.0)
MOST_ATTEMPTS = 30  # a day of them


def pause_after(attempts: int) -> float:
    """The seconds until the next attempt, after so many that failed."""
    return _PAUSES[min(attempts, len(_PAUSES)) - 1]


def web_address(url: object) -> str | None:
    """The address if it is one of the web: a file of this computer means nothing elsewhere."""
    is_one = isinstance(url, str) and urlsplit(url).scheme in ("http", "https")
    return str(url) if is_one else None
