"""Days that a request names; as moments, those of UTC."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

from pydantic import BeforeValidator, Field

_ISO = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _written_out(value: object) -> object:
    """Numbers are no dates, though pydantic takes them for seconds since 1970."""
    if isinstance(value, date) or (isinstance(value, str) and _ISO.fullmatch(value)):
        return value
    raise ValueError("Must be a date such as 2026-11-23")


Date = Annotated[date, BeforeValidator(_written_out)]

# Far enough for all that is kept, and no sum of days leaves the calendar.
Day = Annotated[Date, Field(ge=date(2000, 1, 1), le=date(2100, 1, 1))]


def beginning(day: date) -> datetime:
    """The first moment of a day."""
    return datetime.combine(day, time(), UTC)


def end(day: date) -> datetime:
    """The first moment after a day."""
    return beginning(day + timedelta(days=1))
