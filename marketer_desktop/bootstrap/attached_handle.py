"""The engine of another process: the one that owns the data folder."""

from pathlib import Path
from typing import TypeVar, cast

from pydantic import BaseModel

from marketer_desktop.llm.choice import UnknownModel
from marketer_desktop.services.call import Call, Emit, ServiceError, WrongUse
from marketer_desktop.services.registry import SERVICES
from marketer_desktop.system.attach import AttachClient, NoOwner, RemoteError
from marketer_desktop.system.attach.server import OwnerClosing

Result = TypeVar("Result", bound=BaseModel)
HANDOVER_SECONDS = 60.0  # an owner on its way out, or one that is still starting
WRONG = frozenset({WrongUse.__name__, UnknownModel.__name__})


class Handover(ServiceError):
    """The owner is closing and did not begin the call: it can be made again at the next owner."""


class AttachedHandle:
    """Sends calls to the owner."""

    def __init__(self, client: AttachClient) -> None:
        self._client = client

    async def call(self, call: Call[Result], emit: Emit) -> Result:
        """Have the owner run the service."""
        name = type(call).__name__
        try:
            answer = await self._client.call(name, call.model_dump(mode="json"), emit)
        except RemoteError as error:
            if error.kind == OwnerClosing.__name__:
                raise Handover from error
            kind = WrongUse if error.kind in WRONG else ServiceError
            raise kind(error.message) from error
        return cast("Result", SERVICES[name].result.model_validate(answer))


def silent_owner(data_dir: Path, process: int | None) -> ServiceError:
    """What to say when the owner of `data_dir` did not answer in time."""
    return ServiceError(
        f"Another process ({process}) owns {data_dir} but does not answer. End it, or choose "
        "another folder with --data-dir."
    )


async def attached(data_dir: Path) -> AttachClient | None:
    """A connection to the owner of `data_dir`; None if nobody answers there."""
    try:
        return await AttachClient.connect(data_dir)
    except NoOwner:
        return None
