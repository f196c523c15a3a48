"""A real Chroma as a server: several processes share one index, and notice each other."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import chromadb
import httpx
import pytest
from chromadb.config import Settings

from marketer_desktop.knowledge.chroma_server import server_place
from marketer_desktop.knowledge.collections import collection_name
from marketer_desktop.knowledge.errors import VectorIndexError
from marketer_desktop.knowledge.vector_index import IndexEntry, VectorIndex
from tests.factories.chroma import chroma_server


def vector(axis: int) -> list[float]:
    return [1.0 if number == axis else 0.0 for number in range(384)]


def entries(document_id: int, count: int) -> list[IndexEntry]:
    first = document_id * 10
    return [IndexEntry(first + n, n, None, vector(first + n)) for n in range(count)]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with chroma_server(tmp_path_factory.mktemp("chroma")) as address:
        yield address


@pytest.fixture
async def pair(server: str, tmp_path: Path) -> AsyncIterator[tuple[VectorIndex, VectorIndex]]:
    """The index as two processes have it, empty."""
    one, other = (VectorIndex(tmp_path / name, server) for name in ("one", "other"))
    await one.start_anew()
    yield one, other
    one.close()
    other.close()


async def test_what_one_process_adds_another_finds(pair: tuple[VectorIndex, VectorIndex]) -> None:
    one, other = pair
    assert await other.query(vector(0), limit=3, project_id=1) == []
    await one.add(1, 1, entries(1, 3))
    await one.add(2, 2, entries(2, 2))
    await one.add(3, None, entries(3, 1))
    (best, *_) = await other.query(vector(12), limit=3, project_id=1)
    assert (best.document_id, best.ordinal, best.chunk_id) == (1, 2, 12)
    assert best.score == pytest.approx(1, abs=1e-4)
    assert {hit.document_id for hit in await other.query(vector(12), 9, 1)} == {1, 3}
    assert {hit.document_id for hit in await other.query(vector(12), 9, None, [1, 2])} == {1, 2}
    assert await other.counts() == {1: 3, 2: 2, 3: 1}
    assert await other.cosines(vector(20), [(2, 0, 20), (1, 0, 10)]) == {20: 1.0, 10: 0.0}
    await other.delete_document(1)
    assert await one.count(1) == 0
    assert (await one.state()).entries == 3
    assert await one.answers()


async def test_an_index_made_anew_by_one_is_used_by_the_other(
    pair: tuple[VectorIndex, VectorIndex],
) -> None:
    one, other = pair
    await one.add(1, 1, entries(1, 2))
    assert await other.count(1) == 2
    await one.start_anew()
    await one.add(2, 1, entries(2, 1))
    assert [hit.document_id for hit in await other.query(vector(20), 5, 1)] == [2]
    await one.start_anew()
    await other.add(3, 1, entries(3, 1))
    assert await one.counts() == {3: 1}


async def test_no_folder_is_made(pair: tuple[VectorIndex, VectorIndex], tmp_path: Path) -> None:
    await pair[0].add(1, 1, entries(1, 1))
    assert list(tmp_path.iterdir()) == []


async def test_collections_of_others_are_left_alone(
    pair: tuple[VectorIndex, VectorIndex], server: str
) -> None:
    host, port, _ = server_place(server)
    theirs: Any = chromadb.HttpClient(host, port, settings=Settings(anonymized_telemetry=False))
    theirs.create_collection(collection_name(7), embedding_function=None)
    try:
        with pytest.raises(VectorIndexError, match="not of this application"):
            await pair[0].query(vector(0), 1, project_id=7)
        with pytest.raises(VectorIndexError, match="a Chroma of its own"):
            await pair[0].add(1, 7, entries(1, 1))
    finally:
        theirs.delete_collection(collection_name(7))
        for each in (theirs, theirs._admin_client):
            each._server._session.close()


async def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    index = VectorIndex(tmp_path, "http://127.0.0.1:9")
    with pytest.raises(VectorIndexError, match=r"http://127\.0\.0\.1:9 does not answer"):
        await index.answers()


async def test_a_server_that_goes_is_named(
    tmp_path: Path,
) -> None:
    with chroma_server(tmp_path / "first") as address:
        index = VectorIndex(tmp_path, address)
        await index.add(1, 1, entries(1, 1))
    with pytest.raises(VectorIndexError, match="Your documents are safe"):
        await index.count(1)
    index.close()


@pytest.fixture
def through(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes an address the environment's proxy for everything."""

    def set_proxy(address: str) -> None:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            for spelled in (name, name.lower()):
                monkeypatch.setenv(spelled, address)
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)

    return set_proxy


async def test_a_server_on_this_computer_is_asked_without_the_proxy(
    server: str, tmp_path: Path, through: Callable[[str], None]
) -> None:
    through("http://127.0.0.1:9")
    async with httpx.AsyncClient() as obedient:
        with pytest.raises(httpx.ConnectError):
            await obedient.get(f"{server}/api/v2/heartbeat")
    index = VectorIndex(tmp_path, server)
    await index.start_anew()
    await index.add(1, 1, entries(1, 1))
    assert await index.counts() == {1: 1}
    index.close()


async def test_a_server_elsewhere_is_asked_through_the_proxy(
    tmp_path: Path, through: Callable[[str], None]
) -> None:
    asked: list[bytes] = []

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readline())
        writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as proxy:
        through(f"http://127.0.0.1:{proxy.sockets[0].getsockname()[1]}")
        index = VectorIndex(tmp_path, "http://chroma.example:8000")
        with pytest.raises(VectorIndexError, match="does not answer as it should"):
            await index.answers()
        index.close()
    assert asked == [b"GET http://chroma.example:8000/api/v2/heartbeat HTTP/1.1\r\n"]


def test_addresses_of_servers() -> None:
    assert server_place("http://chroma:8000") == ("chroma", 8000, False)
    assert server_place("http://chroma") == ("chroma", 8000, False)
    assert server_place("https://chroma.example") == ("chroma.example", 443, True)
    for wrong in ("chroma:8000", "postgresql://x", ""):
        with pytest.raises(VectorIndexError, match="is not the address"):
            server_place(wrong)
