"""Whole numbers as JSON has them."""

from typing import Annotated, Any

from pydantic import BeforeValidator, StrictInt


def _as_integer(value: Any) -> Any:
    """JSON has one kind of numbers: 1.0 is the integer 1."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


AS_IN_JSON = BeforeValidator(_as_integer)  # stands last: bounds before it hold for what it makes
WholeNumber = Annotated[StrictInt, AS_IN_JSON]
