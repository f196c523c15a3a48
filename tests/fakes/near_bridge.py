"""The bridge to the real services in the same loop, with the signals of the real one."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.registry import SERVICES
from tests.fakes.fake_bridge import FakeBridge


class NearBridge(FakeBridge):
    """Calls the real services, in the same loop."""

    def __init__(self, parts: Parts) -> None:
        super().__init__({})
        self.parts = parts
        self._watching = asyncio.ensure_future(self._watch())

    async def call(self, call: Any, on_event: Callable[[Any], None] | None = None) -> Any:
        service = SERVICES[type(call).__name__]
        return await service.run(call, self.parts, on_event or (lambda event: None))

    async def close(self) -> None:
        self._watching.cancel()
        with suppress(asyncio.CancelledError):
            await self._watching

    async def _watch(self) -> None:
        async with self.parts.bus.watch() as queue:
            while (event := await queue.get()) is not None:
                if isinstance(event, RunEvent):
                    self.run_events.emit([event])
                else:
                    self.changed.emit(event.subject)
