"""Watched folders: new and changed files come in whole, and nothing that happens stops it."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from marketer_desktop.services import folder_contents
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.document_library import (
    DeleteDocument,
    DocumentEntry,
    ListDocuments,
    TagDocument,
    delete_document,
    list_documents,
    tag_document,
)
from marketer_desktop.services.folder_contents import CannotLook, documents_in
from marketer_desktop.services.folder_watch import FolderWatch
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.watched_folders import (
    ListWatchedFolders,
    UnwatchFolder,
    WatchedFolder,
    WatchFolder,
    list_watched_folders,
    unwatch_folder,
    watch_folder,
)
from tests.factories.engines import Ear
from tests.patience import becomes_true

FIRST, SECOND = "The shop opens at nine.\n", "The shop opens at ten now.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "brand"
    path.mkdir()
    return path


@asynccontextmanager
async def looking(parts: Parts) -> AsyncIterator[None]:
    """A folder watch in a hurry."""
    watch = FolderWatch(parts, pause=0.02)
    await watch.start()
    try:
        yield
    finally:
        await watch.stop()


async def documents(parts: Parts) -> list[DocumentEntry]:
    return (await list_documents(ListDocuments(), parts, Ear())).documents


async def folders(parts: Parts) -> list[WatchedFolder]:
    return (await list_watched_folders(ListWatchedFolders(), parts, Ear())).folders


def indexed(parts: Parts, *names: str) -> Callable[[], Awaitable[bool]]:
    """Whether exactly these documents are there, and indexed."""

    async def holds() -> bool:
        entries = await documents(parts)
        return sorted((e.filename, e.status) for e in entries) == [(n, "indexed") for n in names]

    return holds


async def watch(parts: Parts, folder: Path) -> WatchedFolder:
    return await watch_folder(WatchFolder(path=folder), parts, Ear())


async def looks_pass(parts: Parts, count: int = 4) -> None:
    """Time for a few looks."""
    for _ in range(count):
        await asyncio.sleep(0.1)


async def test_what_is_there_and_what_comes_is_taken_in(parts: Parts, folder: Path) -> None:
    (folder / "a.md").write_text(FIRST, "utf-8")
    (folder / "picture.png").write_bytes(b"png")
    (folder / ".hidden.md").write_text("secret", "utf-8")
    (folder / "~$a.docx").write_bytes(b"lock")
    entry = await watch(parts, folder)
    assert (entry.project, entry.file_count, entry.error) == ("My content", 0, None)
    async with looking(parts):
        await becomes_true(indexed(parts, "a.md"))
        below = folder / "below"
        below.mkdir()
        (below / "b.txt").write_text("Beans rest for three days.", "utf-8")
        await becomes_true(indexed(parts, "a.md", "b.txt"))

        async def counted() -> bool:
            return [each.file_count for each in await folders(parts)] == [2]

        await becomes_true(counted)


async def test_a_changed_file_replaces_its_document_and_keeps_its_tags(
    parts: Parts, folder: Path
) -> None:
    file = folder / "a.md"
    file.write_text(FIRST, "utf-8")
    await watch(parts, folder)
    async with looking(parts):
        await becomes_true(indexed(parts, "a.md"))
        (old,) = await documents(parts)
        await tag_document(TagDocument(document_id=old.id, tags=["hours"]), parts, Ear())
        file.write_text(SECOND, "utf-8")

        async def replaced() -> bool:
            entries = await documents(parts)
            return len(entries) == 1 and entries[0].id != old.id

        await becomes_true(replaced)
    (new,) = await documents(parts)
    assert (new.status, new.tags, new.size) == ("indexed", ["hours"], len(SECOND))
    assert await parts.index.count(old.id) == 0


async def test_a_half_written_file_waits(parts: Parts, folder: Path) -> None:
    await watch(parts, folder)
    file = folder / "growing.txt"
    async with looking(parts):
        for number in range(25):
            with file.open("a", encoding="utf-8") as growing:
                growing.write(f"Sentence {number} about the roast is here.\n")
            await asyncio.sleep(0.01)
        await becomes_true(indexed(parts, "growing.txt"))
        await looks_pass(parts)
    (entry,) = await documents(parts)
    assert entry.size == file.stat().st_size


async def test_a_folder_may_vanish_and_come_back(
    parts: Parts, folder: Path, tmp_path: Path
) -> None:
    (folder / "a.md").write_text(FIRST, "utf-8")
    await watch(parts, folder)

    async def complains() -> bool:
        return "is not there" in str((await folders(parts))[0].error)

    async def is_fine() -> bool:
        return (await folders(parts))[0].error is None

    async with looking(parts):
        await becomes_true(indexed(parts, "a.md"))
        shutil.move(folder, tmp_path / "away")
        await becomes_true(complains)
        assert len(await documents(parts)) == 1
        shutil.move(tmp_path / "away", folder)
        await becomes_true(is_fine)
        (folder / "b.md").write_text(SECOND, "utf-8")
        await becomes_true(indexed(parts, "a.md", "b.md"))


async def test_the_next_start_knows_what_was_taken_in(parts: Parts, folder: Path) -> None:
    for name, text in (("a.md", FIRST), ("b.md", SECOND)):
        (folder / name).write_text(text, "utf-8")
    await watch(parts, folder)
    async with looking(parts):
        await becomes_true(indexed(parts, "a.md", "b.md"))
    unwanted = next(e for e in await documents(parts) if e.filename == "a.md")
    await delete_document(DeleteDocument(document_id=unwanted.id), parts, Ear())
    (folder / "c.md").write_text("The third file says that beans cool for a day.", "utf-8")
    async with looking(parts):
        await becomes_true(indexed(parts, "b.md", "c.md"))
        await looks_pass(parts)
        assert await indexed(parts, "b.md", "c.md")()


async def test_a_file_that_cannot_be_read_is_an_entry_with_its_message(
    parts: Parts, folder: Path
) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "good.md").write_text(FIRST, "utf-8")
    await watch(parts, folder)
    async with looking(parts):

        async def settled() -> bool:
            states = {e.filename: e.status for e in await documents(parts)}
            return states == {"broken.pdf": "error", "good.md": "indexed"}

        await becomes_true(settled)


async def test_a_folder_that_is_watched_no_longer_keeps_its_documents(
    parts: Parts, folder: Path
) -> None:
    (folder / "a.md").write_text(FIRST, "utf-8")
    entry = await watch(parts, folder)
    async with looking(parts):
        await becomes_true(indexed(parts, "a.md"))
        left = await unwatch_folder(UnwatchFolder(folder_id=entry.id), parts, Ear())
        assert left.folders == []
        (folder / "b.md").write_text(SECOND, "utf-8")
        await looks_pass(parts)
        assert await indexed(parts, "a.md")()


async def test_a_folder_cannot_go_while_a_file_of_it_is_noted(parts: Parts, folder: Path) -> None:
    entry = await watch(parts, folder)
    async with parts.database.unit_of_work() as work:
        assert await work.watched_folders.hold(entry.id) is not None
        call = UnwatchFolder(folder_id=entry.id)
        removal = asyncio.create_task(unwatch_folder(call, parts, Ear()))
        await looks_pass(parts, 1)
        assert not removal.done()
        await work.watched_folders.note_file(entry.id, "a.md", 1, 1, None)
        await work.commit()
    assert (await removal).folders == []


async def test_a_folder_is_watched_once_and_must_be_there(parts: Parts, folder: Path) -> None:
    await watch(parts, folder)
    with pytest.raises(ServiceError, match="is watched already"):
        await watch(parts, folder)
    with pytest.raises(ServiceError, match="There is no folder"):
        await watch(parts, folder / "missing")
    with pytest.raises(ServiceError, match="belongs to Marketer itself"):
        await watch(parts, parts.data_dir)


def test_too_large_a_folder_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_contents, "MOST_FILES", 2)
    for name in "abc":
        (folder / f"{name}.md").write_text(FIRST, "utf-8")
    with pytest.raises(CannotLook, match="more than 2 documents"):
        list(documents_in(folder))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission_says_so(folder: Path) -> None:
    folder.chmod(0)
    try:
        with pytest.raises(CannotLook, match="cannot be read: Permission denied"):
            list(documents_in(folder))
    finally:
        folder.chmod(0o700)


async def test_a_file_in_two_watched_folders_is_not_lost_with_one(
    parts: Parts, folder: Path, tmp_path: Path
) -> None:
    (folder / "a.md").write_text(FIRST, "utf-8")
    second = tmp_path / "second"
    shutil.copytree(folder, second)
    await watch(parts, folder)
    await watch(parts, second)
    async with looking(parts):
        await becomes_true(indexed(parts, "a.md"))
        await looks_pass(parts)
        (second / "a.md").write_text(SECOND, "utf-8")
        await becomes_true(indexed(parts, "a.md", "a.md"))
