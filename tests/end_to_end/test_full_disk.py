"""A disk that fills up while the engine works: it is said, nothing is lost, and all goes on."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from marketer_desktop.bootstrap.engine import Engine, start_engine
from marketer_desktop.bootstrap.handle import LocalHandle
from marketer_desktop.domain.brief import ContentType
from marketer_desktop.services.activities import ResumeActivity, ShowActivity
from marketer_desktop.services.back_up import BackUpDatabase
from marketer_desktop.services.content import OpenContent, SaveContent
from marketer_desktop.services.database_trouble import DatabaseDown
from marketer_desktop.services.diagnose import Diagnose, Diagnosis
from marketer_desktop.services.documents import IngestDocuments
from marketer_desktop.services.import_activity import ImportActivity
from marketer_desktop.services.start_activity import StartActivity
from marketer_desktop.settings.settings import load_settings
from marketer_desktop.storage.full_disk import DiskIsFull
from tests.end_to_end.conftest import Gate
from tests.factories.engines import Ear
from tests.factories.small_disk import NEEDS_ROOT, SmallDisk, small_disk, stop_for_want_of_room
from tests.fakes.ollama_server import OllamaServer
from tests.guards import Problems
from tests.patience import becomes_true

TEXT = "# Fresh coffee\n\nOur roastery opens at nine. " + "Coffee is good. " * 20
WELL_ENDED = {"completed", "needs_attention"}


@pytest.fixture
def ollama(gate: Gate) -> Iterator[OllamaServer]:
    with OllamaServer(answer=gate.answer) as server:
        yield server
        gate.open()


@pytest.fixture
def disk() -> Iterator[SmallDisk]:
    with small_disk(120) as disk:
        yield disk


@pytest.fixture
async def engine(
    disk: SmallDisk, ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Engine]:
    monkeypatch.setenv("OLLAMA_HOST", ollama.address)
    engine = await start_engine(load_settings(disk.folder / "data"), lambda text: None)
    yield engine
    await engine.stop()


@NEEDS_ROOT
async def test_a_full_disk_is_said_and_survived(
    engine: Engine,
    disk: SmallDisk,
    gate: Gate,
    ollama: OllamaServer,
    tmp_path: Path,
    log_problems: Problems,
) -> None:
    handle = LocalHandle(engine)
    note = tmp_path / "note.md"
    await asyncio.to_thread(note.write_text, "# Tea\n\nGreen tea costs 4 euros.\n", "utf-8")
    text = await handle.call(ImportActivity(markdown=TEXT), Ear())
    opened = await handle.call(OpenContent(activity_id=text.activity_id), Ear())
    save = SaveContent(
        activity_id=text.activity_id,
        markdown=f"{TEXT}\n\n{secrets.token_hex(20_000)}",  # does not shrink when it is stored
        base_revision=opened.revision,
    )
    gate.close()
    brief = StartActivity(type=ContentType.EMAIL, topic="fresh coffee", words=60)
    run = await handle.call(brief, Ear())

    async def asked() -> bool:
        return ollama.started.total() > 0

    await becomes_true(asked)
    await asyncio.to_thread(disk.fill)
    gate.open()

    # What writes more than the room inside files that are there says so, and changes nothing.
    with pytest.raises(DiskIsFull, match="What was saved before is safe"):
        await handle.call(save, Ear())
    with pytest.raises(DiskIsFull):
        await handle.call(IngestDocuments(paths=[note]), Ear())
    with pytest.raises(DiskIsFull):
        await handle.call(BackUpDatabase(), Ear())
    assert list((disk.folder / "data" / "backups").iterdir()) == []

    await stands_still(engine, handle, run.activity_id)
    await asyncio.to_thread(disk.tidy)

    async def back() -> bool:
        try:
            await handle.call(ShowActivity(activity_id=run.activity_id), Ear())
        except (DiskIsFull, DatabaseDown):  # a start that failed as the room came back
            return False
        return True

    await becomes_true(back)
    again = await handle.call(OpenContent(activity_id=text.activity_id), Ear())
    assert (again.markdown, again.revision) == (TEXT, opened.revision)
    await handle.call(save, Ear())

    await ends_well(handle, run.activity_id)
    assert log_problems.records
    log_problems.records.clear()


async def stands_still(engine: Engine, handle: LocalHandle, activity_id: int) -> None:
    """PostgreSQL stops when there is no room for its log; it cannot start before there is."""
    await asyncio.to_thread(stop_for_want_of_room, engine.parts.database_url)
    postgres = engine.parts.postgres
    assert postgres is not None

    async def stopped() -> bool:
        return postgres.problem is not None

    await becomes_true(stopped)
    began = time.monotonic()
    refused, found = await asyncio.gather(
        handle.call(ShowActivity(activity_id=activity_id), Ear()),
        handle.call(Diagnose(), Ear()),
        return_exceptions=True,
    )
    assert time.monotonic() - began < 12
    assert isinstance(refused, DiskIsFull)
    assert isinstance(found, Diagnosis)
    states = {part.name: part for part in found.parts}
    assert not found.healthy
    assert states["data folder"].state == "error"
    assert "The disk is full" in states["database"].advice


async def ends_well(handle: LocalHandle, activity_id: int) -> None:
    """The run comes to its end without a gap in its events.

    One that was cut off with the database goes on by itself, after it has counted as interrupted
    for a moment; one for which the room ran out has failed, and is resumed.
    """

    async def ended() -> bool:
        told = await handle.call(ShowActivity(activity_id=activity_id), Ear())
        if told.status == "failed":
            await handle.call(ResumeActivity(activity_id=activity_id), Ear())
        return told.status in WELL_ENDED

    await becomes_true(ended)
    seen = await handle.call(ShowActivity(activity_id=activity_id), Ear())
    assert [event.seq for event in seen.events] == list(range(1, len(seen.events) + 1))
