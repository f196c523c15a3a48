"""The engine behind an API or of a worker: alone with its data folder, or one of many."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

from marketer_desktop.bootstrap.duty import Duty
from marketer_desktop.bootstrap.engine import start_engine
from marketer_desktop.bootstrap.handle import own_engine
from marketer_desktop.services.call import Say, ServiceError
from marketer_desktop.services.choose_database import chosen_url
from marketer_desktop.services.parts import Parts
from marketer_desktop.settings.settings import Settings
from marketer_desktop.system.owner import OwnerLock


@asynccontextmanager
async def open_server(
    settings: Settings, name: str, concurrency: int, say: Say
) -> AsyncIterator[Parts]:
    """The parts of an engine that serves, stopped at the end; `name` is what its files are named.

    With a database and a Chroma elsewhere it is one of many, also on one data folder; else it
    owns the folder, and raises ServiceError while another process does.
    """
    duty = Duty(concurrency=concurrency, serves=True)
    if chosen_url(settings) and settings.chroma_url:
        with _own_folder(settings.data_dir, name) as folder:
            engine = await start_engine(settings, say, duty=replace(duty, folder=folder))
            try:
                yield engine.parts
            finally:
                await engine.stop()
        return
    lock = OwnerLock(settings.data_dir)
    if not lock.acquire():
        raise ServiceError(
            f"Another process ({lock.holder()}) works in {settings.data_dir}. Close the window of "
            "Marketer Desktop and end its other commands, or choose another folder with "
            "--data-dir. Several servers need --database-url and --chroma-url."
        )
    try:
        async with own_engine(settings, say, duty=duty) as handle:
            yield handle.parts
    finally:
        lock.release()


@contextmanager
def _own_folder(data_dir: Path, name: str) -> Iterator[Path]:
    """The first of `name-1`, `name-2` … in the data folder that no living process has."""
    for number in count(1):
        folder = data_dir / f"{name}-{number}"
        lock = OwnerLock(folder)
        if lock.acquire():
            break
    try:
        yield folder
    finally:
        lock.release()
