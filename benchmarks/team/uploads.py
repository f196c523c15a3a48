"""The same file at two servers at once, of which the one that reads it is killed half way."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg

from benchmarks.team.processes import EMAIL, PASSWORD, Team
from marketer_desktop.knowledge.vector_index import VectorIndex
from marketer_desktop.storage.document_leases import LEASES

POLL = 0.01
SENTENCES = (
    "The roastery number {n} opened its doors in the spring of a good year.",
    "Its {n} bags of coffee are roasted slowly, cooled in the air, and tasted on the same day.",
    "Whoever orders before noon on day {n} has them on the table in the evening.",
)
READER = """
    SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE classid = %s AND granted AND EXISTS (SELECT FROM document_chunks)
"""


def long_text(paragraphs: int) -> bytes:
    """A text of which the vectors take a while."""
    parts = (" ".join(SENTENCES).format(n=number) for number in range(paragraphs))
    return "\n\n".join(parts).encode()


async def prove_upload(team: Team, chroma: str, text: bytes, patience: float) -> list[str]:
    """Upload it to each server, kill whoever reads it, and see what the others make of it.

    Returns complaints, none if all is well.
    """
    members = {member.name: member for member in team.alive("api")}
    numbers = set(await asyncio.gather(*(_upload(each.said, text) for each in members.values())))
    if len(numbers) != 1:
        return [f"one upload became the documents {sorted(numbers)}"]
    (number,) = numbers
    url = team.environment["MARKETER_DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        name = await _reader(connection, patience)
        members[name].kill()
        if _status(connection, number) == "indexed":
            return [f"{name} had read all of it before it could be killed"]
        await _settled(connection, number, patience)
        return [*_complaints(connection, await _vectors(chroma, number))]


async def _upload(server: str, text: bytes) -> int:
    async with httpx.AsyncClient(base_url=server, trust_env=False, timeout=60) as client:
        who = {"email": EMAIL, "password": PASSWORD}
        token = (await client.post("/api/login", json=who)).json()["data"]["token"]
        answer = await client.post(
            "/api/documents",
            files={"file": ("roastery.txt", text, "text/plain")},
            headers={"Authorization": f"Bearer {token}"},
        )
        answer.raise_for_status()
        return int(answer.json()["data"]["id"])


async def _reader(connection: "psycopg.Connection[tuple[str]]", patience: float) -> str:
    """Who has read the text and is making its vectors."""
    deadline = time.monotonic() + patience
    while (found := connection.execute(READER, (LEASES,)).fetchone()) is None:
        if time.monotonic() > deadline:
            raise RuntimeError("Nobody reads the document.")
        await asyncio.sleep(POLL)
    return found[0]


def _status(connection: "psycopg.Connection[tuple[str]]", number: int) -> str:
    query = "SELECT status FROM documents WHERE id = %s"
    found = connection.execute(query, (number,)).fetchone()
    return found[0] if found else "gone"


async def _settled(
    connection: "psycopg.Connection[tuple[str]]", number: int, patience: float
) -> None:
    deadline = time.monotonic() + patience
    while _status(connection, number) in ("pending", "processing"):
        if time.monotonic() > deadline:
            return
        await asyncio.sleep(POLL)


async def _vectors(chroma: str, number: int) -> int:
    index = VectorIndex(Path(), chroma)  # no folder is used: the server has it
    try:
        return (await index.counts()).get(number, 0)
    finally:
        index.close()


def _complaints(connection: "psycopg.Connection[tuple[str]]", vectors: int) -> Iterator[str]:
    count = "SELECT count(*)::text FROM"
    told = {
        "documents": (f"{count} documents", "1"),
        "status": ("SELECT status FROM documents", "indexed"),
        "chunks": (f"{count} document_chunks", str(vectors)),
        "places of chunks": (
            "SELECT count(DISTINCT (document_id, ordinal))::text FROM document_chunks",
            str(vectors),
        ),
        "chunks by the document": ("SELECT chunk_count::text FROM documents", str(vectors)),
        "uses": (f"{count} usage_events WHERE event_type = 'document_upload'", "1"),
        "endings": (f"{count} audit_logs WHERE action = 'document.upload'", "1"),
    }
    for what, (query, expected) in told.items():
        found = connection.execute(query.encode()).fetchone()
        if found != (expected,):
            yield f"{what}: {found and found[0]} and not {expected}"
    if vectors < 2:
        yield f"only {vectors} vectors"
