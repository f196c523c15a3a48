"""Watch the engine: the events of all runs and all changes, while both sides live."""

from typing import TYPE_CHECKING

from pydantic import BaseModel

from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.services.call import Call, Emit

if TYPE_CHECKING:  # the window knows this call before the engine's libraries are loaded
    from marketer_desktop.services.parts import Parts


class Watched(BaseModel):
    """Nothing: the engine is about to stop."""


class WatchEngine(Call[Watched]):
    """Emits `{"what": "watching"}` first, then `{"what": "run", …RunEvent}` and
    `{"what": "change", "subject": …}`.
    """


async def watch_engine(call: WatchEngine, parts: "Parts", emit: Emit) -> Watched:
    """Emit all that the bus carries, after `{"what": "watching"}` once it has begun."""
    async with parts.bus.watch() as queue:
        emit({"what": "watching"})
        while (event := await queue.get()) is not None:
            what = "run" if isinstance(event, RunEvent) else "change"
            emit({"what": what, **event.model_dump(mode="json")})
    return Watched()
