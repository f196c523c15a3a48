"""A person's backup while the engine works, and the way back with the search index."""

import asyncio
from pathlib import Path

import pytest

from marketer_desktop.bootstrap.database_alone import database_alone
from marketer_desktop.bootstrap.restore_backup import restore_backup
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.services import back_up as backups
from marketer_desktop.services.back_up import BackUpDatabase, back_up_database
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.document_library import (
    DeleteDocument,
    ListDocuments,
    delete_document,
    list_documents,
)
from marketer_desktop.services.documents import (
    IngestDocuments,
    SearchDocuments,
    ingest_documents,
    search,
)
from marketer_desktop.services.parts import Parts
from marketer_desktop.settings.settings import Settings
from marketer_desktop.storage.backup import read_backup
from marketer_desktop.system.owner import OwnerLock
from tests.factories.engines import Ear, running_parts
from tests.fakes.scripted_chat_model import ScriptedChatModel


async def add(parts: Parts, file: Path, text: str) -> int:
    await asyncio.to_thread(file.write_text, text, "utf-8")
    (result,) = (await ingest_documents(IngestDocuments(paths=[file]), parts, Ear())).results
    assert result.document_id
    return result.document_id


async def test_the_index_follows_a_restored_database(
    migrated_url: str,
    tmp_path: Path,
    model: ScriptedChatModel,
    shared_embeddings: MiniLmEmbeddings,
) -> None:
    data_dir, file = tmp_path / "data", tmp_path / "kept.dump"

    async with running_parts(migrated_url, data_dir, model, shared_embeddings) as parts:
        first = await add(parts, tmp_path / "a.md", "# Hours\n\nThe roastery opens at nine.\n")
        made = await back_up_database(BackUpDatabase(file=file), parts, Ear())
        assert (made.path, made.bytes) == (file, file.stat().st_size)
        await delete_document(DeleteDocument(document_id=first), parts, Ear())
        await add(parts, tmp_path / "b.md", "# Tea\n\nWe sell green tea on Mondays.\n")

    settings = Settings(data_dir=data_dir, database_url=migrated_url, model=None)
    said: list[str] = []
    done = await asyncio.to_thread(restore_backup, settings, file, said.append)
    assert done.replaced and read_backup(done.replaced) == done.revision
    assert said == [
        "Checking the backup",
        "Backing up the present database",
        "Restoring the database",
    ]
    async with running_parts(migrated_url, data_dir, model, shared_embeddings) as parts:
        listed = (await list_documents(ListDocuments(), parts, Ear())).documents
        assert [document.filename for document in listed] == ["a.md"]
        for question in ("When does the roastery open?", "Which tea is sold?"):
            found = await search(SearchDocuments(query=question), parts, Ear())
            assert {passage.document for passage in found.results} == {"a.md"}
        assert (await parts.index.state()).entries == listed[0].chunk_count


async def test_without_a_name_it_lies_in_the_data_folder(parts: Parts) -> None:
    made = [await back_up_database(BackUpDatabase(), parts, Ear()) for _ in range(2)]
    assert {each.path for each in made} == set((parts.data_dir / "backups").iterdir())
    assert backups.newest_backup(parts.data_dir) == made[1].path


async def test_a_backup_that_nobody_waits_for_leaves_no_file(parts: Parts, tmp_path: Path) -> None:
    call = BackUpDatabase(file=tmp_path / "kept.dump")
    task = asyncio.create_task(back_up_database(call, parts, Ear()))
    await asyncio.sleep(0.02)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert [path for path in tmp_path.iterdir() if "kept" in path.name] == []


async def test_a_place_that_is_taken_is_refused(parts: Parts, tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="is a folder"):
        await back_up_database(BackUpDatabase(file=tmp_path), parts, Ear())


def test_nothing_is_restored_while_somebody_owns_the_folder(tmp_path: Path) -> None:
    owner = OwnerLock(tmp_path)
    assert owner.acquire()
    try:
        with (
            pytest.raises(ServiceError, match="Close the window"),
            database_alone(Settings(data_dir=tmp_path, model=None), print),
        ):
            raise AssertionError
    finally:
        owner.release()
