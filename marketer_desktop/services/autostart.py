"""Whether the app starts with the desktop session, as the system says it."""

import asyncio

from pydantic import BaseModel

from marketer_desktop.services.call import Call, Emit, ServiceError, plain_message
from marketer_desktop.services.parts import Parts
from marketer_desktop.system.autostart import Autostart, autostart_of
from marketer_desktop.system.threads import run_to_the_end


class AutostartState(BaseModel):
    """`is_on` as it stands in the system; `place` is where."""

    is_on: bool
    place: str


class ShowAutostart(Call[AutostartState]):
    """Whether this program starts with the session."""


class SwitchAutostart(Call[AutostartState]):
    """Start this program with the session, in the tray, or do so no more."""

    on: bool


async def show_autostart(call: ShowAutostart, parts: Parts, emit: Emit) -> AutostartState:
    """Nothing is remembered: other programs may have changed it."""
    return await _state(autostart_of(parts.data_dir))


async def switch_autostart(call: SwitchAutostart, parts: Parts, emit: Emit) -> AutostartState:
    """Raises `ServiceError` where the system does not let us."""
    found = autostart_of(parts.data_dir)
    try:
        await run_to_the_end(found.switch_on if call.on else found.switch_off)
    except OSError as error:
        raise ServiceError(plain_message(error)) from error
    parts.bus.changed("settings")
    return await _state(found)


async def _state(found: Autostart) -> AutostartState:
    return AutostartState(is_on=await asyncio.to_thread(lambda: found.is_on), place=found.place)
