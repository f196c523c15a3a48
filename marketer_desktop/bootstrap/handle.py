"""The one door to the engine: in this process when it owns the data folder, else attached."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from marketer_desktop.bootstrap.engine import Engine, Say, start_engine
from marketer_desktop.llm.choice import UnknownModel
from marketer_desktop.services.call import (
    Call,
    Emit,
    EngineHandle,
    ServiceError,
    WrongUse,
)
from marketer_desktop.services.registry import SERVICES
from marketer_desktop.settings.settings import Settings
from marketer_desktop.system.attach import AttachClient, AttachServer, NoOwner, RemoteError
from marketer_desktop.system.attach.server import OwnerClosing
from marketer_desktop.system.owner import OwnerLock

Result = TypeVar("Result", bound=BaseModel)
HANDOVER_SECONDS = 60.0  # an owner on its way out, or one that is still starting


class Handover(ServiceError):
    """The owner is closing and did not begin the call: it can be made again at the next owner."""


class LocalHandle:
    """The engine of this very process."""

    def __init__(self, engine: Engine) -> None:
        self._parts = engine.parts

    async def call(self, call: Call[Result], emit: Emit) -> Result:
        """Run the service here."""
        service = SERVICES[type(call).__name__]
        return cast("Result", await service.run(call, self._parts, emit))

    async def dispatch(self, name: str, arguments: dict[str, Any], emit: Emit) -> dict[str, Any]:
        """Run a service for an attached process."""
        call = SERVICES[name].call.model_validate(arguments)
        result: BaseModel = await self.call(call, emit)
        return result.model_dump(mode="json")


class AttachedHandle:
    """The engine of the process that owns the data folder."""

    def __init__(self, client: AttachClient) -> None:
        self._client = client

    async def call(self, call: Call[Result], emit: Emit) -> Result:
        """Send the call to the owner."""
        service = SERVICES[type(call).__name__]
        try:
            answer = await self._client.call(
                type(call).__name__, call.model_dump(mode="json"), emit
            )
        except RemoteError as error:
            if error.kind == OwnerClosing.__name__:
                raise Handover from error
            wrong = error.kind in {WrongUse.__name__, UnknownModel.__name__}
            raise (WrongUse if wrong else ServiceError)(error.message) from error
        return cast("Result", service.result.model_validate(answer))


@asynccontextmanager
async def open_handle(settings: Settings, say: Say) -> AsyncIterator[EngineHandle]:
    """Become the owner and start the engine, or attach to the owner there is.

    An owner that others are attached to finishes their calls before it ends.
    """
    lock = OwnerLock(settings.data_dir)
    deadline = time.monotonic() + HANDOVER_SECONDS
    while True:
        if lock.acquire():
            break
        client = await _attached(settings)
        if client is not None:
            try:
                yield AttachedHandle(client)
            finally:
                await client.close()
            return
        if time.monotonic() > deadline:
            raise ServiceError(
                f"Another process ({lock.holder()}) owns {settings.data_dir} but does not answer. "
                "End it, or choose another folder with --data-dir."
            )
        await asyncio.sleep(0.1)
    try:
        async with _owned(settings, say) as handle:
            yield handle
    finally:
        lock.release()


async def call_engine(settings: Settings, call: Call[Result], emit: Emit, say: Say) -> Result:
    """Make one call, here or at the owner; an owner on its way out is followed up."""
    while True:
        with suppress(Handover):
            async with open_handle(settings, say) as handle:
                return await handle.call(call, emit)


async def _attached(settings: Settings) -> AttachClient | None:
    try:
        return await AttachClient.connect(settings.data_dir)
    except NoOwner:
        return None


@asynccontextmanager
async def _owned(settings: Settings, say: Say) -> AsyncIterator[LocalHandle]:
    engine = await start_engine(settings, say)
    try:
        handle = LocalHandle(engine)
        server = AttachServer(settings.data_dir, handle.dispatch)
        await server.start()
        try:
            yield handle
        finally:
            engine.parts.bus.dismiss_watchers()
            if server.calls_in_flight:
                say("Finishing the work of other commands")
            await server.close()
    finally:
        await engine.stop()
