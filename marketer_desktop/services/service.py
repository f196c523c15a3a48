"""What one service is made of."""

from collections.abc import Awaitable, Callable
from inspect import get_annotations
from typing import Any, NamedTuple

from pydantic import BaseModel

from marketer_desktop.services.call import Call

Run = Callable[..., Awaitable[BaseModel]]


class Service(NamedTuple):
    """A call's type, its result's type, and the function that carries it out."""

    call: type[Call[Any]]
    result: type[BaseModel]
    run: Run


def service_of(run: Run) -> Service:
    """The service that a function is: it says itself which `call` it takes and what it returns."""
    told = get_annotations(run)
    return Service(told["call"], told["return"], run)
