"""What a service call is: a typed request with a typed result, the same in-process or attached."""

from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

Result = TypeVar("Result", bound=BaseModel)
Emit = Callable[[dict[str, Any]], None]
Say = Callable[[str], None]  # hears in a few words what an engine that starts or stops is doing


def said_plainly(error: ValidationError) -> str:
    """The fields that are wrong, and why, in one sentence each."""
    return " ".join(
        f"{'.'.join(map(str, problem['loc'])) or 'The brief'}: "
        f"{problem['msg'].removeprefix('Value error, ')}."
        for problem in error.errors()
    )


class Call(BaseModel, Generic[Result]):
    """A request to one service; the class names the service."""


class ServiceError(Exception):
    """A service refused or failed; the message says what happened and what to do."""


class WrongUse(ServiceError):
    """The request itself makes no sense; asking again the same way cannot help."""


class EngineHandle(Protocol):
    """Carries a typed call to the engine and brings back its typed result."""

    async def call(self, call: Call[Result], emit: Emit) -> Result:
        """Run the service; `emit` gets its events. Raises `ServiceError` and its like."""


def plain_message(error: Exception) -> str:
    """What an error says to a person: its own words, or the fields that are wrong."""
    if isinstance(error, ValidationError):
        return said_plainly(error)
    if isinstance(error, OSError) and error.filename:
        return (
            f"“{error.filename}” cannot be used: {error.strerror}. Check its permissions and the "
            "free space on its disk, or choose another folder with --data-dir."
        )
    return str(error) or type(error).__name__
