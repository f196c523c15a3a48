"""Lend the models of this machine to an organization on a server, as an agent of it."""

import asyncio
from contextlib import suppress
from functools import partial
from typing import Literal

from pydantic import Field

from marketer_desktop.events.change import Change
from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.observability.logs import log
from marketer_desktop.services.call import Call, Emit, ServiceError, WrongUse
from marketer_desktop.services.lending import Lending
from marketer_desktop.services.parts import Parts
from marketer_desktop.settings.settings import store_setting
from marketer_desktop.system.secrets import NoKeyring, forget_secret, keep_secret, secret
from marketer_desktop.system.threads import run_to_the_end

KEY = "agent-key"
LONGEST_ADDRESS, LONGEST_KEY = 500, 200
NO_KEY = "The key of the agent cannot be read on this machine. Unlock your keys, or give it again."
INSTEAD = "run “marketer agent” with the key in the variable MARKETER_AGENT_KEY"
LENDS_ALREADY = (
    "This computer lends its models to {server} already. End that first, in the window under "
    "Settings, or where “marketer agent” runs."
)


class ShowLending(Call[Lending]):
    """How it stands."""


class LendModels(Call[Lending]):
    """Lend them at once and with every start of the window; without a key, with the one kept."""

    server: str = Field(max_length=LONGEST_ADDRESS)
    key: str | None = Field(default=None, max_length=LONGEST_KEY, repr=False)


class EndLending(Call[Lending]):
    """Lend nothing any more, and forget the key."""


class PauseLending(Call[Lending]):
    """Let the server ask others, or take requests again."""

    action: Literal["pause", "go_on"]


class LendMeanwhile(Call[Lending]):
    """Lend them until the call is cancelled; nothing is kept. Emits how it stands."""

    server: str = Field(max_length=LONGEST_ADDRESS)
    key: str = Field(max_length=LONGEST_KEY, repr=False)


async def show_lending(call: ShowLending, parts: Parts, emit: Emit) -> Lending:
    """Nothing is changed."""
    return parts.lender.lending


async def lend_models(call: LendModels, parts: Parts, emit: Emit) -> Lending:
    """Raises `WrongUse` for an address that cannot be used, else `ServiceError` where no key can
    be kept: then it is lent until this program ends.
    """
    key = call.key or await _kept()
    await _lend(parts, call.server, key)
    if call.key is not None:
        await _keep(call.key)
    await _remember(parts, parts.lender.lending.server)
    return parts.lender.lending


async def end_lending(call: EndLending, parts: Parts, emit: Emit) -> Lending:
    """What is under way is given up; the server asks others."""
    await parts.lender.close()
    await _remember(parts, None)
    try:
        await run_to_the_end(forget_secret, KEY)
    except NoKeyring as error:
        raise ServiceError(str(error)) from None
    return parts.lender.lending


async def pause_lending(call: PauseLending, parts: Parts, emit: Emit) -> Lending:
    """What is under way is given up; the server asks others."""
    await (parts.lender.pause() if call.action == "pause" else parts.lender.go_on())
    return parts.lender.lending


async def lend_meanwhile(call: LendMeanwhile, parts: Parts, emit: Emit) -> Lending:
    """Ends by itself only where the server refuses the agent, with a `ServiceError`."""
    if (now := parts.lender.lending).state != "off":
        raise ServiceError(LENDS_ALREADY.format(server=now.server))
    async with parts.bus.watch() as changes:
        await _lend(parts, call.server, call.key)
        try:
            while (lending := parts.lender.lending).state not in ("refused", "off"):
                emit({"kind": "lending", **lending.model_dump(mode="json")})
                await _next_change(changes)
        finally:
            await parts.lender.close()
    if lending.state == "refused":
        raise ServiceError(lending.problem)
    return lending


async def begin_lending(parts: Parts) -> None:
    """Go on as it was wished before, at the start of a window's engine."""
    server = parts.settings.lend_to
    if not server:
        return
    key = await asyncio.to_thread(secret, KEY)
    if key is None:
        log.warning("the agent's key cannot be read: nothing is lent until it can")
        return
    with suppress(ValueError):  # the settings were edited by hand
        await parts.lender.lend(server, key)


async def _lend(parts: Parts, server: str, key: str) -> None:
    try:
        await parts.lender.lend(server, key)
    except ValueError as error:
        raise WrongUse(str(error)) from error


async def _kept() -> str:
    key = await asyncio.to_thread(secret, KEY)
    if key is None:
        raise WrongUse(NO_KEY)
    return key


async def _keep(key: str) -> None:
    try:
        await run_to_the_end(
            partial(keep_secret, KEY, key, what="the agent's key", instead=INSTEAD)
        )
    except NoKeyring as error:
        raise ServiceError(str(error)) from None


async def _remember(parts: Parts, server: str | None) -> None:
    await asyncio.to_thread(store_setting, parts.data_dir, "lend_to", server)
    parts.settings.lend_to = server
    parts.bus.changed("lending")


async def _next_change(changes: "asyncio.Queue[RunEvent | Change | None]") -> None:
    """Wait until it stands otherwise; what comes at once counts as one change."""
    while True:
        event = await changes.get()
        if event is None or (isinstance(event, Change) and event.subject == "lending"):
            return
