"""Makes archives of an engine at work, restores each elsewhere, and compares what came of it.

What an archive must hold is asked of PostgreSQL itself, in the archive's own view of the database.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from benchmarks.archives.load import Load, at_work, silent
from marketer_desktop.bootstrap.restore_archive import restore_archive
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.services.documents import SearchDocuments, search
from marketer_desktop.services.make_archive import MakeArchive, make_archive
from marketer_desktop.services.parts import Parts
from marketer_desktop.settings.settings import Settings
from marketer_desktop.storage.archive.manifest import Sequence
from marketer_desktop.storage.archive.rows import RowSource
from tests.factories.engines import running_parts
from tests.factories.table_sums import sums_of, table_sums
from tests.fakes.scripted_chat_model import ScriptedChatModel
from tests.patience import becomes_true

Sums = dict[str, tuple[int, str]]
QUESTIONS = 20
PATIENCE = 300.0  # seconds for a document, on a busy machine


@dataclass
class Outcome:
    """What was made and compared, and what was not as it should be."""

    archives: int = 0
    rows: list[int] = field(default_factory=list)
    tables: int = 0
    originals: int = 0
    without_original: int = 0
    questions: int = 0
    load: Load = field(default_factory=Load)
    complaints: list[str] = field(default_factory=list)


async def proven(
    parts: Parts, folder: Path, count: int, seed: int, empty: Callable[[], str]
) -> Outcome:
    """`count` archives under load and one at rest; `empty` gives the address of a new database."""
    outcome, made = Outcome(), []
    async with at_work(parts, folder / "given", seed) as outcome.load:
        for number in range(count):
            await _has_read(outcome.load, number + 1)  # something happened since the last one
            made.append(await _made(parts, folder / f"{number}.marketer"))
    made.append(await _made(parts, folder / "rest.marketer"))
    words = outcome.load.kept[:QUESTIONS]
    wanted = {word: await _found(parts, word) for word in words}
    for file, sums in made:
        async with _elsewhere(outcome, file, sums, empty()) as other:
            if file.stem == "rest":
                for word in words:
                    outcome.questions += 1
                    if await _found(other, word) != wanted[word]:
                        outcome.complaints.append(f"{file.name}: “{word}” is found otherwise")
    return outcome


async def _has_read(load: Load, count: int) -> None:
    async def so_many() -> bool:
        return load.documents >= count

    await becomes_true(so_many, PATIENCE)


async def _made(parts: Parts, file: Path) -> tuple[Path, Sums]:
    with _as_it_was() as seen:
        await make_archive(MakeArchive(file=file), parts, silent)
    (sums,) = seen
    return file, sums


@contextmanager
def _as_it_was() -> Iterator[list[Sums]]:
    """What the database held in the view that the archive is made of."""
    seen: list[Sums] = []
    asked_last = RowSource.sequences

    def sequences(self: RowSource) -> list[Sequence]:
        seen.append(sums_of(self._connection))
        return asked_last(self)

    with patch.object(RowSource, "sequences", sequences):
        yield seen


@asynccontextmanager
async def _elsewhere(outcome: Outcome, file: Path, sums: Sums, url: str) -> AsyncIterator[Parts]:
    """The parts of an engine on what was restored, once its rows and files were compared."""
    data_dir = file.with_suffix("")
    settings = Settings(data_dir=data_dir, database_url=url, model=None)
    done = await asyncio.to_thread(restore_archive, settings, file, silent, silent)
    outcome.archives += 1
    outcome.rows.append(done.rows)
    outcome.tables = len(sums)
    outcome.without_original += len(done.missing)
    there = await asyncio.to_thread(table_sums, url)
    for table in sums.keys() | there.keys():
        if sums.get(table) != there.get(table):
            outcome.complaints.append(f"{file.name}: {table} is not as it was")
    outcome.complaints += await asyncio.to_thread(_wrong_originals, outcome, data_dir)
    model, embeddings = ScriptedChatModel(about="coffee"), MiniLmEmbeddings()
    try:
        async with running_parts(url, data_dir, model, embeddings) as parts:
            yield parts
    finally:
        embeddings.close()


def _wrong_originals(outcome: Outcome, data_dir: Path) -> list[str]:
    """Originals whose bytes are not those that their name tells."""
    wrong = []
    for file in (data_dir / "documents").iterdir():
        outcome.originals += 1
        with file.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != file.stem:
                wrong.append(f"{file} is not what it was")
    return wrong


async def _found(parts: Parts, word: str) -> list[tuple[str, str]]:
    call = SearchDocuments(query=f"How many beans does {word} take?")
    return [(each.document, each.text) for each in (await search(call, parts, silent)).results]
