"""What one service is made of."""

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from pydantic import BaseModel

from marketer_desktop.services.call import Call


class Service(NamedTuple):
    """A call's type, its result's type, and the function that carries it out."""

    call: type[Call[Any]]
    result: type[BaseModel]
    run: Callable[..., Awaitable[BaseModel]]
