"""Refuses values that no column of PostgreSQL can hold, before a service works with them."""

import math
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, Field, field_validator

DEEPEST = 60  # levels of lists and objects: beyond that no reader of JSON can be relied on
LARGEST = 2_147_483_647
RowNumber = Annotated[int, Field(ge=1, le=LARGEST)]


class Storable(BaseModel):
    """A request whose fields PostgreSQL can keep, however deep they are."""

    @field_validator("*", mode="after", check_fields=False)
    @classmethod
    def _can_be_stored(cls, value: Any) -> Any:
        for each in value if isinstance(value, list) else (value,):
            if isinstance(each, int) and abs(each) > LARGEST:
                raise ValueError(f"Must be at most {LARGEST}")
        for part in _parts(value):
            _check(part)
        return value


def _parts(value: Any) -> Iterator[Any]:
    """All that a value consists of, keys of objects too. Raises `ValueError` if it is too deep."""
    waiting = [(value, 0)]
    while waiting:
        part, depth = waiting.pop()
        if depth > DEEPEST:
            raise ValueError(f"Must not be nested more than {DEEPEST} levels deep")
        if isinstance(part, dict):
            waiting.extend((each, depth + 1) for pair in part.items() for each in pair)
        elif isinstance(part, list | tuple | set | frozenset):
            waiting.extend((each, depth + 1) for each in part)
        elif isinstance(part, BaseModel):
            waiting.extend((each, depth + 1) for _, each in part)
        else:
            yield part


def _check(part: Any) -> None:
    if isinstance(part, str):
        if "\x00" in part:
            raise ValueError("Must not contain the character NUL")
        try:
            part.encode()
        except UnicodeEncodeError as error:
            raise ValueError("Must be whole Unicode characters") from error
    elif isinstance(part, float) and not math.isfinite(part):
        raise ValueError("Must be a finite number")
