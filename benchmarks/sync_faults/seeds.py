"""Seeds of the simulator, each set of them with a PostgreSQL of its own.

The processes that simulate import this module: of the program that started them, `__main__`, they
cannot.
"""

import asyncio
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import marketer_desktop.__main__  # noqa: F401 - sets the environment before the libraries load
from benchmarks.sync_faults.simulation import Simulation, Verdict
from benchmarks.sync_faults.world import World, postgres, world_of
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.observability.logs import log
from tests.factories.engines import running_parts
from tests.fakes.memory_keyring import MemoryKeyring, keyring_in_use
from tests.fakes.scripted_chat_model import ScriptedChatModel
from tests.quick_disk import quick_disk

Tell = Callable[[str], None]


class Task(NamedTuple):
    """A seed, or a control with it."""

    seed: int
    naive: bool = False


def _nothing(told: str) -> None:
    """Of many seeds, only the end is told."""


@asynccontextmanager
async def worlds(folder: Path, url: str, template: str) -> AsyncIterator[World]:
    """One, on parts that write nothing."""
    model, embeddings = ScriptedChatModel(about="tea"), MiniLmEmbeddings()
    async with (
        running_parts(url, folder / "data", model, embeddings) as parts,
        world_of(url, template, parts) as world,
    ):
        yield world
    embeddings.close()


def simulated(tasks: Sequence[Task], tell: Tell = _nothing) -> list[Verdict]:
    """Each of them, on a PostgreSQL of their own."""

    async def simulate(folder: Path, url: str, template: str) -> list[Verdict]:
        async with worlds(folder, url, template) as world:
            return [await _verdict(world, task, tell) for task in tasks]

    log.disabled = True  # failures are what this is about
    with tempfile.TemporaryDirectory(dir=quick_disk()) as place:
        folder = Path(place)
        folder.chmod(0o711)
        with postgres(folder / "pg") as (url, template), keyring_in_use(MemoryKeyring()):
            return asyncio.run(simulate(folder, url, template))


async def _verdict(world: World, task: Task, tell: Tell) -> Verdict:
    try:
        return await Simulation(world, task.seed, tell, naive=task.naive).run()
    except Exception as error:  # the other seeds are simulated all the same
        if task.naive:
            raise
        return Verdict(task.seed, [f"not to its end: {error!r}"], Counter(), 0, 0, task.naive)
