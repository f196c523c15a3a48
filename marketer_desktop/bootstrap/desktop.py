"""The engine for a process with a window: its libraries are loaded before the first call."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from marketer_desktop.bootstrap.engine import Say
from marketer_desktop.bootstrap.handle import open_handle
from marketer_desktop.bootstrap.libraries import load_libraries
from marketer_desktop.services.call import EngineHandle
from marketer_desktop.settings.settings import load_settings
from marketer_desktop.system.threads import run_to_the_end


@asynccontextmanager
async def open_for_window(data_dir: Path, say: Say) -> AsyncIterator[EngineHandle]:
    """As `open_handle`; the libraries are loaded while the database starts."""
    loading = asyncio.ensure_future(run_to_the_end(load_libraries))
    try:
        async with open_handle(load_settings(data_dir), say) as handle:
            say("Loading the models' libraries")
            await loading
            yield handle
    finally:
        await asyncio.gather(loading, return_exceptions=True)
