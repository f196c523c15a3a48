"""What every route of the WordPress stand-in uses: refusals, checks of arguments, slugs, dates."""

import re
import unicodedata
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

DATE = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?(?P<zone>[Zz]|[+-]\d\d(:\d\d)?)?")
STATUSES = ("publish", "future", "draft", "pending", "private")
LONGEST_SLUG = 200
LETTERS = str.maketrans({"ß": "s", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "Ø": "o"})


class Refusal(Exception):
    """An answer `{code, message, data: {status}}`; `more` is further data."""

    def __init__(self, status: int, code: str, message: str, **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.body: dict[str, Any] = {"code": code, "message": message}
        self.body["data"] = {"status": status, **more}


def invalid(name: str, code: str, message: str, data: Any = None) -> Refusal:
    """The refusal of one argument."""
    return Refusal(
        400,
        "rest_invalid_param",
        f"Invalid parameter(s): {name}",
        params={name: message},
        details={name: {"code": code, "message": message, "data": data}},
    )


def integer(name: str, value: Any, where: str = "") -> int:
    """A whole number, which may be written as a string."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    if not is_number and not re.fullmatch(r"-?\d+", str(value)):
        where = where or name
        raise invalid(
            name, "rest_invalid_type", f"{where} is not of type integer.", {"param": where}
        )
    return int(value)


def integers(name: str, value: Any) -> list[int]:
    """Numbers as a list, or as words with commas between them."""
    if isinstance(value, str):
        value = [word for word in re.split(r"[\s,]+", value) if word]
    if not isinstance(value, list):
        raise invalid(name, "rest_invalid_type", f"{name} is not of type array.", {"param": name})
    return [integer(name, each, f"{name}[{place}]") for place, each in enumerate(value)]


def one_of(name: str, value: Any, allowed: Collection[str]) -> str:
    """One of the words that an argument may have."""
    if value in allowed:
        return str(value)
    *most, last = allowed
    raise invalid(name, "rest_not_in_enum", f"{name} is not one of {', '.join(most)}, and {last}.")


def between(name: str, value: str, low: int, high: int) -> int:
    """A number within bounds."""
    number = integer(name, value)
    if low <= number <= high:
        return number
    message = f"{name} must be between {low} (inclusive) and {high} (inclusive)"
    raise invalid(name, "rest_out_of_bounds", message)


def moment(name: str, value: Any, zone: timezone) -> datetime:
    """A date in UTC; without a zone of its own it is one of `zone`."""
    if not isinstance(value, str) or not DATE.fullmatch(value):
        raise invalid(name, "rest_invalid_date", "Invalid date.")
    read = datetime.fromisoformat(value.upper().replace(" ", "T"))
    placed = read if read.tzinfo else read.replace(tzinfo=zone)
    return placed.astimezone(UTC).replace(microsecond=0)


def site_zone(offset: float) -> timezone:
    """The zone of a site whose clocks are `offset` hours ahead."""
    return timezone(timedelta(hours=offset))


def written(when: datetime, zone: timezone = UTC) -> str:
    """A date as WordPress writes it, without its zone."""
    return when.astimezone(zone).strftime("%Y-%m-%dT%H:%M:%S")


def slug_of(title: str) -> str:
    """The words of a title as a slug, not yet unique."""
    plain = re.sub(r"<[^>]*>", "", title).translate(LETTERS)
    plain = unicodedata.normalize("NFKD", plain)
    plain = "".join(each for each in plain if not unicodedata.combining(each)).lower()
    words = re.sub(r"[^a-z0-9 _-]", "", re.sub(r"[–—./\s]+", "-", plain))
    return re.sub(r"-+", "-", words).strip("-")[:LONGEST_SLUG]


def unique(slug: str, is_taken: Callable[[str], bool], first: int = 2) -> str:
    """The slug, or the first with a number that nobody has."""
    found, number = slug, first
    while is_taken(found):
        tail = f"-{number}"
        found, number = slug[: LONGEST_SLUG - len(tail)] + tail, number + 1
    return found


def only(body: Any, fields: list[str]) -> Any:
    """What `_fields` asks for of an answer or of each in a list."""
    if not fields:
        return body
    if isinstance(body, list):
        return [only(each, fields) for each in body]
    picked: dict[str, Any] = {}
    for name in fields:
        head, _, rest = name.partition(".")
        if head in body:
            inner = body[head]
            # PHP writes what has nothing in it as a list.
            value = (only(inner, [rest]) or []) if rest and isinstance(inner, dict) else inner
            before = picked.get(head) or {}
            picked[head] = {**before, **value} if isinstance(value, dict) else value
    return picked
