"""What a service call is: a typed request with a typed result, the same in-process or attached."""

import errno
from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from marketer_desktop.services.storable import Storable
from marketer_desktop.storage.full_disk import DiskIsFull, is_full_disk

Result = TypeVar("Result", bound=BaseModel)
Emit = Callable[[dict[str, Any]], None]
Say = Callable[[str], None]  # hears in a few words what an engine that starts or stops is doing

FORBIDDEN = "it belongs to another user of this machine. Give yourself the right to write there"
IN_THE_WAY = "there is a file, or a link that leads nowhere, in place of a folder. Move it away"
REASONS = {
    errno.EACCES: FORBIDDEN,
    errno.EPERM: FORBIDDEN,
    errno.EEXIST: IN_THE_WAY,
    errno.ENOTDIR: IN_THE_WAY,
    errno.EROFS: "its disk is read-only. Make that disk writable",
    errno.ENAMETOOLONG: "its path is too long for this machine. Use a shorter one",
    errno.EIO: "its disk does not answer. See whether it is still connected",
    errno.ENODEV: "its disk is gone. Connect it again",
}


def said_plainly(error: ValidationError) -> str:
    """The fields that are wrong, and why, in one sentence each."""
    return " ".join(
        f"{'.'.join(map(str, problem['loc'])) or 'The brief'}: "
        f"{problem['msg'].removeprefix('Value error, ')}."
        for problem in error.errors()
    )


class Call(Storable, Generic[Result]):
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
    if not isinstance(error, ServiceError) and is_full_disk(error):
        return str(DiskIsFull())
    if isinstance(error, OSError) and error.filename:
        reason = REASONS.get(error.errno or 0, f"{error.strerror}. Check its permissions")
        return (
            f"“{error.filename}” cannot be used: {reason}, or choose another folder with "
            "--data-dir."
        )
    return str(error) or type(error).__name__
