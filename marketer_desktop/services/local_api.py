"""Whether other programs of this computer may use what is here, where, and with which token."""

import asyncio
from typing import Literal

from pydantic import BaseModel, Field

from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.settings.settings import store_setting

LOWEST_PORT, HIGHEST_PORT = 1024, 65535
ELSEWHERE = (
    "Another program works with this data folder now, such as “marketer serve” or a command. The "
    "API opens as soon as this window works there itself."
)


class LocalApi(BaseModel):
    """How it stands. `on` is what is wished; `problem` says why it is not so.

    `token` is told where it was made now, and never again.
    """

    on: bool
    port: int
    state: Literal["off", "listening", "failed", "elsewhere"]
    address: str = ""
    problem: str = ""
    has_token: bool
    token: str | None = Field(default=None, repr=False)


class ShowLocalApi(Call[LocalApi]):
    """How it stands."""


class SwitchLocalApi(Call[LocalApi]):
    """Open it, at once and with every start of the window, or close it; None is the same port."""

    on: bool
    port: int | None = Field(default=None, ge=LOWEST_PORT, le=HIGHEST_PORT)


class RenewLocalApiToken(Call[LocalApi]):
    """Another token; programs that have the one before are let in no more."""


async def show_local_api(call: ShowLocalApi, parts: Parts, emit: Emit) -> LocalApi:
    """Nothing is changed."""
    return await _standing(parts)


async def switch_local_api(call: SwitchLocalApi, parts: Parts, emit: Emit) -> LocalApi:
    """What is wished is kept, also if it cannot be done now. The first time makes a token."""
    settings = parts.settings
    port = call.port or settings.local_api_port
    await asyncio.to_thread(store_setting, parts.data_dir, "local_api", call.on)
    await asyncio.to_thread(store_setting, parts.data_dir, "local_api_port", port)
    settings.local_api, settings.local_api_port = call.on, port
    kept = parts.local_door.token(parts.data_dir)
    token = await asyncio.to_thread(kept.renew) if call.on and not kept.is_there else None
    await (parts.local_door.open(settings) if call.on else parts.local_door.close())
    return await _standing(parts, token)


async def renew_local_api_token(call: RenewLocalApiToken, parts: Parts, emit: Emit) -> LocalApi:
    """It holds at once; what is open stays open."""
    kept = parts.local_door.token(parts.data_dir)
    return await _standing(parts, await asyncio.to_thread(kept.renew))


async def _standing(parts: Parts, token: str | None = None) -> LocalApi:
    door, settings = parts.local_door, parts.settings
    on = settings.local_api
    state: Literal["off", "listening", "failed", "elsewhere"] = "off"
    if on and not door.can_open:
        state = "elsewhere"
    elif on:
        state = "listening" if door.address else "failed"
    return LocalApi(
        on=on,
        port=settings.local_api_port,
        state=state,
        address=door.address,
        problem={"elsewhere": ELSEWHERE, "failed": door.problem}.get(state, ""),
        has_token=door.token(parts.data_dir).is_there,
        token=token,
    )
