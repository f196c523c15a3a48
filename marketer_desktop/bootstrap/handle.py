"""The one door to the engine: in this process when it owns the data folder, else attached."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from marketer_desktop.bootstrap.attached_handle import AttachedHandle, Handover
from marketer_desktop.bootstrap.duty import DESKTOP, Duty
from marketer_desktop.bootstrap.engine import Engine, start_engine
from marketer_desktop.bootstrap.owner import HANDOVER_SECONDS, attached, silent_owner
from marketer_desktop.llm.choice import UnknownModel
from marketer_desktop.observability.logs import log
from marketer_desktop.services.call import (
    Call,
    Emit,
    EngineHandle,
    Say,
    ServiceError,
    WrongUse,
    plain_message,
    said_plainly,
)
from marketer_desktop.services.carry_out import carry_out
from marketer_desktop.services.registry import SERVICES
from marketer_desktop.settings.settings import Settings
from marketer_desktop.storage.embedded.server import EmbeddedPostgres
from marketer_desktop.system.attach import AttachServer
from marketer_desktop.system.owner import OwnerLock

Result = TypeVar("Result", bound=BaseModel)


class LocalHandle:
    """The engine of this very process."""

    def __init__(self, engine: Engine) -> None:
        self.parts = engine.parts

    async def call(self, call: Call[Result], emit: Emit) -> Result:
        """Run the service here."""
        return await carry_out(call, self.parts, emit)

    async def dispatch(self, name: str, arguments: dict[str, Any], emit: Emit) -> dict[str, Any]:
        """Run a service for an attached process."""
        try:
            call = SERVICES[name].call.model_validate(arguments)
            result: BaseModel = await self.call(call, emit)
        except (ServiceError, UnknownModel):
            raise
        except ValidationError as error:
            raise WrongUse(said_plainly(error)) from error
        except Exception as error:
            log.exception("%s failed", name)
            raise ServiceError(plain_message(error)) from error
        return result.model_dump(mode="json")


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
        client = await attached(settings.data_dir)
        if client is not None:
            try:
                yield AttachedHandle(client)
            finally:
                await client.close()
            return
        if time.monotonic() > deadline:
            raise silent_owner(settings.data_dir, lock.holder())
        await asyncio.sleep(0.1)
    try:
        async with own_engine(settings, say) as handle:
            yield handle
    finally:
        lock.release()


async def call_engine(settings: Settings, call: Call[Result], emit: Emit, say: Say) -> Result:
    """Make one call, here or at the owner; an owner on its way out is followed up."""
    while True:
        with suppress(Handover):
            async with open_handle(settings, say) as handle:
                return await handle.call(call, emit)


@asynccontextmanager
async def own_engine(
    settings: Settings,
    say: Say,
    postgres: EmbeddedPostgres | None = None,
    duty: Duty = DESKTOP,
) -> AsyncIterator[LocalHandle]:
    """Start the engine, for the owner of the data folder, and let other processes attach.

    An embedded `postgres` may have been started before.
    """
    engine = await start_engine(settings, say, postgres, duty)
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
