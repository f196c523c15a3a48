"""The doctor names every part, and what ails one of them hides none of the others."""

import asyncio
import os
import shutil
import time
from pathlib import Path

import psycopg
import pytest

from marketer_desktop.services.back_up import BackUpDatabase, back_up_database
from marketer_desktop.services.diagnose import (
    Diagnose,
    PartReport,
    data_folder,
    diagnose,
    diagnosis_without_engine,
)
from marketer_desktop.services.parts import Parts
from tests.factories.engines import NOBODY, Ear

NAMES = [
    "application",
    "data folder",
    "database",
    "schema",
    "clock",
    "backups",
    "queue",
    "chroma",
    "embeddings",
    "starter model",
    "ollama",
    "chosen model",
    "keyring",
    "local API",
]


async def look(parts: Parts) -> tuple[bool, dict[str, PartReport]]:
    found = await diagnose(Diagnose(), parts, Ear())
    assert [part.name for part in found.parts] == NAMES
    return found.healthy, {part.name: part for part in found.parts}


async def test_every_part_has_version_place_and_state(parts: Parts) -> None:
    healthy, found = await look(parts)
    assert healthy
    states = {name: part.state for name, part in found.items() if part.state != "ok"}
    assert [states.pop(name) for name in ("ollama", "backups", "local API")] == ["off"] * 3
    assert "marketer backup" in found["backups"].advice
    assert set(states) <= {"keyring", "data folder"}
    assert all(part.place for part in found.values())
    assert found["database"].version.startswith("PostgreSQL 16")
    assert found["chroma"].place == f"{parts.data_dir / 'chroma'} (0 passages)"
    assert found["embeddings"].version.endswith("384 dimensions")
    assert found["starter model"].place.endswith(".gguf")
    assert NOBODY in found["ollama"].advice
    assert "samples" in found["chosen model"].advice
    assert found["local API"].place == "port 8750 of this computer"
    assert "Settings → Local API" in found["local API"].advice


async def test_no_password_is_shown(parts: Parts, migrated_url: str) -> None:
    password = psycopg.conninfo.conninfo_to_dict(migrated_url)["password"]
    assert isinstance(password, str)
    assert password not in (await diagnose(Diagnose(), parts, Ear())).model_dump_json()


async def test_a_damaged_index_is_an_error_with_advice(parts: Parts) -> None:
    folder = parts.data_dir / "chroma"
    await asyncio.to_thread(folder.mkdir)
    await asyncio.to_thread((folder / "stranger.txt").write_text, "not ours", "utf-8")
    healthy, found = await look(parts)
    assert not healthy
    assert found["chroma"].state == "error"
    assert "marketer reindex --index-only" in found["chroma"].advice


async def test_a_schema_that_is_behind_is_an_error_with_advice(
    parts: Parts, migrated_url: str
) -> None:
    with psycopg.connect(migrated_url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    healthy, found = await look(parts)
    assert not healthy
    assert (found["schema"].version, found["schema"].state) == ("0001", "error")
    assert "marketer db upgrade" in found["schema"].advice


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("starter model", "services.diagnose.model_file"),
        ("chosen model", "llm.factory.ModelFactory.default_choice"),
        ("queue", "jobs.queue.Queue.pending"),
        ("embeddings", "knowledge.embeddings.MiniLmEmbeddings.embed_query"),
    ],
)
async def test_a_part_that_fails_is_named_as_it_is_when_it_is_well(
    parts: Parts, monkeypatch: pytest.MonkeyPatch, name: str, place: str
) -> None:
    def fail(*arguments: object) -> None:
        raise RuntimeError("It broke. Mend it.")

    monkeypatch.setattr(f"marketer_desktop.{place}", fail)
    healthy, found = await look(parts)
    assert not healthy
    assert (found[name].state, found[name].advice) == ("error", "It broke. Mend it.")


def test_an_engine_that_does_not_start_is_told_with_its_folder(tmp_path: Path) -> None:
    found = diagnosis_without_engine(tmp_path, "The disk is full.")
    assert not found.healthy
    engine = found.parts[1]
    assert (engine.name, engine.place, engine.state) == ("engine", str(tmp_path), "error")
    assert engine.advice == "The disk is full."
    assert len(diagnosis_without_engine(tmp_path / "none", "No.").parts) == 2


@pytest.mark.parametrize(("megabytes", "state"), [(5_000, "ok"), (500, "warning"), (20, "error")])
def test_the_room_on_the_disk_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, megabytes: int, state: str
) -> None:
    room = shutil._ntuple_diskusage(10**12, 10**12, megabytes * 1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: room)
    told = data_folder(tmp_path)
    assert told.state == state
    assert told.version == ("5.0 GB free" if state == "ok" else f"{megabytes} MB free")
    assert ("make some room" in told.advice) == (state != "ok")


async def test_the_last_backup_is_told(parts: Parts) -> None:
    made = await back_up_database(BackUpDatabase(), parts, Ear())
    _, found = await look(parts)
    assert (found["backups"].state, found["backups"].place) == ("ok", str(made.path))


async def test_a_clock_that_went_back_is_told(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = parts.data_dir / "postgres.log"
    await asyncio.to_thread(log.touch)
    await asyncio.to_thread(os.utime, log, (time.time() + 86_400, time.time() + 86_400))
    _, found = await look(parts)
    assert (found["clock"].state, "in the future" in found["clock"].advice) == ("warning", True)


async def test_more_connections_than_the_server_has_are_told(parts: Parts) -> None:
    async def database() -> PartReport:
        told = await diagnose(Diagnose(), parts, Ear())
        return next(part for part in told.parts if part.name == "database")

    few = await database()
    assert few.state == "ok" and "(up to 20 of 100 connections)" in few.place
    parts.settings.pool_size = 96
    many = await database()
    assert many.state == "warning" and "up to 106 of 100" in many.place
    assert "MARKETER_POOL_SIZE" in many.advice
