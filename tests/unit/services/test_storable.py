"""What no column of PostgreSQL can hold is refused with the name of its field."""

import math
from typing import Any

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from marketer_desktop.domain.whole_numbers import WholeNumber
from marketer_desktop.services.storable import DEEPEST, Storable


class Asked(Storable):
    number: int = 0
    numbers: list[int] = Field(default_factory=list)
    text: str = ""
    anything: dict[str, Any] = Field(default_factory=dict)
    inner: "Asked | None" = None


def nested(levels: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(levels):
        value = {"in": value}
    return value


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("number", 2**31, "at most 2147483647"),
        ("number", -(2**40), "at most 2147483647"),
        ("numbers", [1, 2**31], "at most 2147483647"),
        ("text", "a\x00b", "NUL"),
        ("anything", {"a": ["b", {"c": "\x00"}]}, "NUL"),
        ("anything", {"\x00": 1}, "NUL"),
        ("anything", {"a": "\ud800"}, "whole Unicode"),
        ("anything", {"a": math.nan}, "finite"),
        ("anything", {"a": [math.inf]}, "finite"),
        ("anything", nested(DEEPEST + 1), "levels deep"),
        ("anything", nested(100_000), "levels deep"),
    ],
)
def test_it_is_refused(field: str, value: Any, message: str) -> None:
    with pytest.raises(ValidationError, match=message) as refused:
        Asked(**{field: value})
    assert [error["loc"] for error in refused.value.errors()] == [(field,)]


def test_what_can_be_kept_passes() -> None:
    asked = Asked(
        number=2**31 - 1,
        text="Zoë 🦊",
        anything={"big": 2**60, "deep": nested(DEEPEST - 2), "half": 0.5},
        inner=Asked(text="x"),
    )
    assert Asked.model_validate(asked.model_dump()) == asked


def test_a_whole_number_is_one_however_json_writes_it() -> None:
    whole = TypeAdapter(WholeNumber)
    assert [whole.validate_json(told) for told in ("7", "7.0", "7e0")] == [7, 7, 7]
    for other in ("7.5", '"7"', "true", "1e999"):
        with pytest.raises(ValidationError):
            whole.validate_json(other)
