"""Calls to the engine that owns a data folder, as its window makes them."""

import asyncio
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from benchmarks.hybrid_walk.seeing import Missed
from marketer_desktop.bootstrap.attached_handle import AttachedHandle
from marketer_desktop.bootstrap.owner import attached
from marketer_desktop.services.call import Call

Result = TypeVar("Result", bound=BaseModel)


def asked(data_dir: Path, call: Call[Result]) -> Result:
    """The engine's answer. Raises `Missed` where none runs."""

    async def work() -> Result:
        client = await attached(data_dir)
        if client is None:
            raise Missed(f"no engine answers in {data_dir}")
        try:
            return await AttachedHandle(client).call(call, lambda event: None)
        finally:
            await client.close()

    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        return runner.run(work())
