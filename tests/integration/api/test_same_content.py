"""The same content in several organizations: one copy, which stays as long as anybody has it."""

import asyncio
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from marketer_desktop.services import document_library
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.storage_quota import note_storage
from marketer_desktop.storage.repositories.documents import COPIES
from marketer_desktop.storage.repositories.library import Library
from marketer_desktop.storage.unit_of_work import UnitOfWork
from tests.factories.serving import add_organization, add_teammate, client_of
from tests.patience import becomes_true

HOURS = b"The tasting room opens at nine on Saturdays."


async def upload(client: httpx.AsyncClient) -> int:
    files = {"file": ("hours.txt", HOURS, "text/plain")}
    answer = await client.post("/api/documents", files=files)
    assert answer.status_code == 201, answer.text
    number: int = answer.json()["data"]["id"]
    return number


def copies(parts: Parts) -> list[Path]:
    return [path for path in (parts.data_dir / "documents").iterdir() if path.is_file()]


async def waits_or_is_done(parts: Parts, adding: "asyncio.Task[int]") -> bool:
    """Whether somebody waits for a copy that another one holds, or has added it."""
    async with parts.database.unit_of_work() as work:
        waiting = await work.session.scalar(
            text("SELECT count(*) FROM pg_locks WHERE classid = :copies AND NOT granted"),
            {"copies": COPIES},
        )
    return waiting == 1 or adding.done()


async def test_another_organization_adds_what_is_just_being_removed(
    parts: Parts, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = await upload(client)
    (copy,) = copies(parts)
    other = await add_teammate(parts, "x@example.com", await add_organization(parts, "Other"))
    asked = Library.uses_file
    begun: list[asyncio.Task[int]] = []

    async def asked_while_it_is_added(library: Library, path: str) -> bool:
        found = await asked(library, path)
        begun.append(asyncio.create_task(upload(theirs)))
        await becomes_true(lambda: waits_or_is_done(parts, begun[0]))
        return found

    monkeypatch.setattr(Library, "uses_file", asked_while_it_is_added)
    async with client_of(parts, other) as theirs:
        assert (await client.delete(f"/api/documents/{number}")).status_code == 200
        await begun[0]
    assert await asyncio.to_thread(copy.read_bytes) == HOURS


async def test_what_is_added_again_while_it_is_removed_is_read_anew(
    parts: Parts, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = await upload(client)
    (copy,) = copies(parts)
    parts.documents_wait.clear()
    begun: list[asyncio.Task[int]] = []

    async def noted_while_it_is_added(work: UnitOfWork, organization_id: int) -> None:
        begun.append(asyncio.create_task(upload(client)))
        await becomes_true(lambda: waits_or_is_done(parts, begun[0]))
        await note_storage(work, organization_id)

    monkeypatch.setattr(document_library, "note_storage", noted_while_it_is_added)
    assert (await client.delete(f"/api/documents/{number}")).status_code == 200
    assert await begun[0] != number
    assert parts.documents_wait.is_set()
    assert await asyncio.to_thread(copy.read_bytes) == HOURS
