"""The parts of an engine on a database of their own, for one run."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from benchmarks.sync_faults.world import postgres
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.services.parts import Parts
from tests.factories.engines import running_parts
from tests.fakes.memory_keyring import MemoryKeyring, keyring_in_use
from tests.fakes.scripted_chat_model import ScriptedChatModel
from tests.quick_disk import quick_disk


@contextmanager
def a_database() -> Iterator[tuple[Path, str]]:
    """A folder and the address of a database in it; secrets are kept in memory."""
    with tempfile.TemporaryDirectory(dir=quick_disk()) as place:
        folder = Path(place)
        folder.chmod(0o711)
        with postgres(folder / "pg") as (url, _), keyring_in_use(MemoryKeyring()):
            yield folder, url


@asynccontextmanager
async def some_parts(folder: Path, url: str) -> AsyncIterator[Parts]:
    """Parts whose model writes nothing."""
    model, embeddings = ScriptedChatModel(about="coffee"), MiniLmEmbeddings()
    try:
        async with running_parts(url, folder, model, embeddings) as parts:
            yield parts
    finally:
        embeddings.close()
