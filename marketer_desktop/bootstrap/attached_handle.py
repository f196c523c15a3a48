"""The engine of another process: the one that owns the data folder."""

from typing import TypeVar, cast

from pydantic import BaseModel

from marketer_desktop.llm.choice import UnknownModel
from marketer_desktop.services.call import Call, Emit, ServiceError, WrongUse
from marketer_desktop.services.refusals import PlanExceeded
from marketer_desktop.services.registry import SERVICES
from marketer_desktop.system.attach import AttachClient, RemoteError
from marketer_desktop.system.attach.server import OwnerClosing

Result = TypeVar("Result", bound=BaseModel)
# The errors of an owner that are told apart here; the others are just said.
KINDS: dict[str, type[ServiceError]] = {
    WrongUse.__name__: WrongUse,
    UnknownModel.__name__: WrongUse,
    PlanExceeded.__name__: PlanExceeded,
}


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
            raise KINDS.get(error.kind, ServiceError)(error.message) from error
        return cast("Result", SERVICES[name].result.model_validate(answer))
