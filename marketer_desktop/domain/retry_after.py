"""How long a server asks to be left alone: `Retry-After` as seconds or as a date (RFC 9110)."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def seconds_asked(headers: Mapping[str, str], now: datetime) -> float | None:
    """None without the header, or if nobody can read it.

    A date is counted from the server's own `Date`: the clock here may be wrong. `now` is by that.
    """
    named = headers.get("retry-after", "").strip()
    try:
        return max(0.0, float(named))
    except ValueError:
        pass
    until = _moment(named)
    if until is None:
        return None
    return max(0.0, (until - (_moment(headers.get("date", "")) or now)).total_seconds())


def _moment(named: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(named)
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
