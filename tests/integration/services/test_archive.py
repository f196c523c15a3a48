"""An archive holds all that a person made, and no secret; restored elsewhere it is equal."""

import asyncio
import json
import zipfile
from pathlib import Path

import psycopg
import pytest

from marketer_desktop.bootstrap.restore_archive import restore_archive
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.services.add_asset import AddAsset, add_asset
from marketer_desktop.services.archive_files import StagedFiles, settle_restores
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.documents import (
    IngestDocuments,
    SearchDocuments,
    ingest_documents,
    search,
)
from marketer_desktop.services.generate_content import GenerateContent, generate_content
from marketer_desktop.services.make_archive import MakeArchive, make_archive, write_archive
from marketer_desktop.services.parts import Parts
from marketer_desktop.settings.settings import Settings
from marketer_desktop.storage.migration import current_and_head, differences, upgrade
from tests.factories.engines import Ear, running_parts
from tests.factories.table_sums import table_sums
from tests.fakes.scripted_chat_model import ScriptedChatModel

SECRETS = {
    "a-hash-of-a-password": "UPDATE users SET password_hash = %s",
    "a-sealed-key-of-openai": "UPDATE organizations SET openai_api_key = %s",
    "a-sealed-key-of-anthropic": "UPDATE organizations SET anthropic_api_key = %s",
    "a-sealed-key-of-mistral": "UPDATE organizations SET mistral_api_key = %s",
    "a-hash-of-an-invitation": "UPDATE organization_members SET invitation_token = %s",
    "a-sealed-password-of-a-site": """
        INSERT INTO publishing_targets (organization_id, project_id, name, kind, address,
        sealed_secret) SELECT organization_id, id, 'Blog', 'wordpress', 'https://b.example', %s
        FROM projects""",
    "a-hash-of-a-refresh-token": """
        INSERT INTO refresh_tokens (user_id, family, token_hash, expires_at)
        SELECT id, gen_random_uuid(), %s, now() FROM users""",
    "a-hash-of-an-agent-key": """
        INSERT INTO agent_api_keys (organization_id, key_hash, key_prefix)
        SELECT id, %s, 'agnt_x' FROM organizations""",
    "an-answer-with-a-token": """
        INSERT INTO idempotency_keys (scope, key, request_hash, response)
        VALUES ('keys', 'k', 'h', jsonb_build_object('token', %s::text))""",
}
STORED = {
    "model": "starter",
    "token_secret": "what-tokens-are-signed-with",
    "smtp_password": "the-password-of-a-mailbox",
    "database_url": "postgresql://ada:a-password@db.example/marketer",
}
PNG = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
QUESTION = "When does the roastery open?"


@pytest.fixture
def hours(tmp_path: Path) -> Path:
    file = tmp_path / "hours.md"
    file.write_text("# Hours\n\nThe roastery opens at nine.\n", "utf-8")
    return file


async def fill(parts: Parts, document: Path) -> int:
    """A document, a finished piece with an image, a word for the spell check; returns the piece."""
    await ingest_documents(IngestDocuments(paths=[document]), parts, Ear())
    call = GenerateContent(topic="fresh coffee for the office", words=250)
    activity = (await generate_content(call, parts, Ear())).activity_id
    await add_asset(AddAsset(activity_id=activity, base64=PNG, filename="Cup"), parts, Ear())
    (parts.data_dir / "dictionary.txt").write_text("Kestrow\n", "utf-8")
    return activity


def plant_secrets(parts: Parts) -> None:
    (parts.data_dir / "settings.json").write_text(json.dumps(STORED), "utf-8")
    with psycopg.connect(parts.database_url) as connection:
        for value, statement in SECRETS.items():
            connection.execute(statement, (value,))


def files(folder: Path) -> dict[str, bytes]:
    found = [*(folder / "documents").rglob("*"), *(folder / "content").rglob("*")]
    return {str(file.relative_to(folder)): file.read_bytes() for file in found if file.is_file()}


async def test_restored_elsewhere_all_is_equal_and_nothing_opens_anything(
    parts: Parts,
    hours: Path,
    second_url: str,
    tmp_path: Path,
    model: ScriptedChatModel,
    shared_embeddings: MiniLmEmbeddings,
) -> None:
    activity, file, ear = await fill(parts, hours), tmp_path / "all.marketer", Ear()
    await asyncio.to_thread(plant_secrets, parts)
    before = await search(SearchDocuments(query=QUESTION), parts, Ear())
    sums, kept = await asyncio.to_thread(table_sums, parts.database_url), files(parts.data_dir)

    made = await make_archive(MakeArchive(file=file), parts, ear)
    assert (made.path, made.bytes, made.missing, made.left_out) == (
        file,
        file.stat().st_size,
        [],
        0,
    )
    assert {event["step"] for event in ear.of("archive")} == {"writing", "checking"}
    with zipfile.ZipFile(file) as archive:  # any other program reads it as well
        held = b"".join(archive.read(name) for name in archive.namelist())
    assert b"The roastery opens at nine" in held
    for secret in (*SECRETS, *list(STORED.values())[1:]):
        assert secret.encode() not in held

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "settings.json").write_text('{"model": "x", "local_api": true}', "utf-8")
    settings = Settings(data_dir=elsewhere, database_url=second_url, model=None)
    done = await asyncio.to_thread(restore_archive, settings, file, print, Ear())
    assert done.rows == made.rows and done.files == made.files
    assert await asyncio.to_thread(table_sums, second_url) == sums
    assert await asyncio.to_thread(differences, second_url) == []
    assert files(elsewhere) == kept
    assert (elsewhere / "dictionary.txt").read_text("utf-8") == "Kestrow\n"
    stored = json.loads((elsewhere / "settings.json").read_text("utf-8"))
    assert stored == {"model": "starter", "local_api": True}
    assert not list(elsewhere.glob(".restored-*"))
    async with running_parts(second_url, elsewhere, model, shared_embeddings) as other:
        after = await search(SearchDocuments(query=QUESTION), other, Ear())
        assert after.results == before.results
        call = GenerateContent(topic="fresh coffee for the office", words=250)
        assert (await generate_content(call, other, Ear())).activity_id == activity + 1


async def test_what_was_there_is_kept_and_comes_back(
    parts: Parts, hours: Path, second_url: str, tmp_path: Path
) -> None:
    file, other = tmp_path / "empty.marketer", tmp_path / "other"
    settings = Settings(data_dir=other, database_url=second_url, model=None)
    await make_archive(MakeArchive(file=tmp_path / "empty.marketer"), parts, Ear())
    await fill(parts, hours)
    full = tmp_path / "full.marketer"
    await make_archive(MakeArchive(file=full), parts, Ear())
    sums, kept = await asyncio.to_thread(table_sums, parts.database_url), files(parts.data_dir)

    await asyncio.to_thread(restore_archive, settings, full, print, Ear())
    emptied = await asyncio.to_thread(restore_archive, settings, file, print, Ear())
    assert files(other) == {}
    assert emptied.replaced
    again = await asyncio.to_thread(restore_archive, settings, emptied.replaced, print, Ear())
    assert again.replaced != emptied.replaced
    assert files(other) == kept
    assert await asyncio.to_thread(table_sums, second_url) == sums


async def test_a_deleted_original_is_told(parts: Parts, hours: Path, tmp_path: Path) -> None:
    await ingest_documents(IngestDocuments(paths=[hours]), parts, Ear())
    (original,) = (parts.data_dir / "documents").iterdir()
    original.unlink()
    made = await make_archive(MakeArchive(file=tmp_path / "a.marketer"), parts, Ear())
    assert made.missing == [f"documents/{original.name}"]


async def test_a_cancelled_archive_leaves_no_file(parts: Parts, tmp_path: Path) -> None:
    task = asyncio.create_task(
        make_archive(MakeArchive(file=tmp_path / "a.marketer"), parts, Ear())
    )
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert [path.name for path in tmp_path.iterdir() if "marketer" in path.name] == []


async def test_a_file_that_is_there_is_replaced_only_by_force(parts: Parts, tmp_path: Path) -> None:
    file = tmp_path / "mine.marketer"
    file.write_text("a letter", "utf-8")
    with pytest.raises(ServiceError, match="--force"):
        await make_archive(MakeArchive(file=file), parts, Ear())
    assert file.read_text("utf-8") == "a letter"
    made = await make_archive(MakeArchive(file=file, overwrite=True), parts, Ear())
    assert file.stat().st_size == made.bytes
    assert (await make_archive(MakeArchive(), parts, Ear())).path.parent.name == "backups"


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("renames", range(4))
def test_a_restore_cut_off_is_finished_or_undone(
    migrated_url: str, tmp_path: Path, swapped: bool, renames: int
) -> None:
    """Cut off after each of its renames; before the database has changed there are none."""
    for name in ("documents", "content"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "old").touch()
    staged = StagedFiles(tmp_path, "a1")
    staged.begin()
    for name in ("documents", "content"):
        (tmp_path / ".restored-a1" / name / "new").touch()
    if swapped:
        database = psycopg.conninfo.conninfo_to_dict(migrated_url)["dbname"]
        with psycopg.connect(migrated_url) as connection:
            connection.execute(f"COMMENT ON DATABASE {database} IS 'a1'")
        folder = tmp_path / ".restored-a1"
        steps = [
            (tmp_path / "documents", folder / "documents.before"),
            (folder / "documents", tmp_path / "documents"),
            (tmp_path / "content", folder / "content.before"),
        ]
        for source, target in steps[:renames]:
            source.rename(target)
    settle_restores(tmp_path, migrated_url)
    expected = "new" if swapped else "old"
    assert sorted(str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*")) == [
        "content",
        f"content/{expected}",
        "documents",
        f"documents/{expected}",
    ]


def test_an_archive_of_an_older_version_is_brought_up_to_date(
    database_url: str, second_url: str, tmp_path: Path
) -> None:
    upgrade(database_url, to="0013")
    with psycopg.connect(database_url) as connection:
        connection.execute("INSERT INTO organizations (name, slug) VALUES ('Acme', 'acme')")
    file = tmp_path / "older.marketer"
    write_archive(database_url, tmp_path / "older", file, Ear())
    settings = Settings(data_dir=tmp_path / "here", database_url=second_url, model=None)
    done = restore_archive(settings, file, print, Ear())
    assert done.archive_revision == "0013"
    assert done.revision == current_and_head(second_url)[0] != "0013"
    assert differences(second_url) == []
    with psycopg.connect(second_url) as connection:
        assert connection.execute("SELECT name FROM organizations").fetchall() == [("Acme",)]
        added = "INSERT INTO organizations (name, slug) VALUES ('B', 'b') RETURNING id"
        assert connection.execute(added).fetchone() == (2,)  # numbers go on
