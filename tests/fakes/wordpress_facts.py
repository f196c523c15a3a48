"""What all parts of the WordPress stand-in know: its address, its clock, its settings."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timezone

from tests.fakes.wordpress_rest import Refusal, site_zone


def utc_now() -> datetime:
    """This second."""
    return datetime.now(UTC).replace(microsecond=0)


@dataclass
class Facts:
    """`offset` is in hours, `meta` has the keys that a plugin registered, with their defaults."""

    address: str = ""
    name: str = "Harbour Coffee"
    offset: float = 0.0
    is_pretty: bool = True
    meta: dict[str, str] = field(default_factory=dict)
    now: Callable[[], datetime] = utc_now
    last_id: int = 3

    @property
    def zone(self) -> timezone:
        """The zone of the site's clocks."""
        return site_zone(self.offset)

    def next_id(self) -> int:
        """The id of what comes next into the table of posts, where media are too."""
        self.last_id += 1
        return self.last_id


def forbidden(user: object | None, code: str, message: str) -> Refusal:
    """401 to strangers, 403 to those who are signed in and may not."""
    return Refusal(401 if user is None else 403, code, message)
