"""The server's bench in small: that its parts measure, and that nothing is lost in them."""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from fastapi import FastAPI

from benchmarks.engine.figures import Figure
from benchmarks.server import agents, execute, projects, reconnects, streaming, uploading
from benchmarks.server.peer import make_peer
from benchmarks.server.place import Place, Side, fill
from marketer_desktop.api.app import create_app
from marketer_desktop.api.serving import listen, serve
from marketer_desktop.services.access import signing_secret
from marketer_desktop.services.agent_relay import AgentRelay
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.run_relay import RunRelay
from marketer_desktop.services.sessions import open_session
from marketer_desktop.services.unfinished_documents import UnfinishedDocuments
from tests.factories.serving import Teammate

MB = 1024 * 1024


def heard(text: str) -> None:
    """What a bench says while it works."""


def said(figures: Sequence[Figure]) -> dict[str, Figure]:
    """The figures that have a limit, by their names."""
    return {each.name: each for each in figures if each.limit is not None}


@asynccontextmanager
async def serving(app: FastAPI) -> AsyncIterator[Side]:
    """An application on a port, in this process."""
    ending, listening = asyncio.Event(), listen("127.0.0.1", 0)
    port = listening.getsockname()[1]
    task = asyncio.create_task(serve(app, listening, ending))
    try:
        yield Side(port, os.getpid())
    finally:
        ending.set()
        await task


@pytest.fixture
async def place(parts: Parts, owner: Teammate) -> AsyncIterator[Place]:
    """Both sides here, with what works in the background of a server, and nobody who writes."""
    await parts.queue.pause()
    working = (RunRelay(parts), AgentRelay(parts), UnfinishedDocuments(parts, pause=0.0))
    for each in working:
        await each.start()
    campaign = await fill(parts.database_url, owner.organization_id, owner.user_id)
    async with parts.database.unit_of_work() as work:
        tokens = await open_session(work, parts, owner.user_id, remember=False)
        await work.commit()
    peer_app = make_peer(parts.database_url, signing_secret(parts), parts.data_dir)
    async with serving(create_app(parts)) as ours, serving(peer_app) as peer:
        yield Place(
            database_url=parts.database_url,
            folder=parts.data_dir,
            ours=ours,
            peer=peer,
            owner=owner.user_id,
            organization=owner.organization_id,
            campaign=campaign,
            headers={"Authorization": f"Bearer {tokens.token}", "X-Organization": owner.slug},
        )
    for each in working:
        await each.stop()


async def test_requests_are_measured_beside_those_written_by_hand(place: Place) -> None:
    (rate,) = said(await projects.measure(place, heard, 1, 6, 0.1)).values()
    assert rate.value > 0 and rate.sense == "≥" and rate.limit == 0.8
    (queued,) = said(await execute.measure(place, heard, 1, 3)).values()
    assert queued.value > 0 and queued.limit == 3.0
    await different(place)


async def different(place: Place) -> None:
    """Sides that do not say the same are not compared."""
    app = FastAPI()
    app.state.closing = asyncio.Event()

    @app.get("/api/projects")
    async def nothing() -> dict[str, None]:
        return dict.fromkeys(("success", "data", "error", "metadata"))

    async with serving(app) as other:
        with pytest.raises(ValueError, match="do not say the same"):
            await projects.measure(replace(place, peer=other), heard)


async def test_streams_are_followed_and_taken_up_without_a_gap(place: Place) -> None:
    stored, drafts = await streaming.measure(place, heard, 2, 4)
    assert stored.value > 0 and drafts.value > 0 and stored.limit == drafts.limit == 100.0
    count, wrong = await reconnects.measure(place, heard, 20)
    assert count.value >= 20 and count.met
    assert wrong.value == 0 and wrong.met


def test_gaps_and_repetitions_are_counted() -> None:
    whole = [1, 2, 3, 4]
    assert reconnects.wrong(whole, whole) == 0
    assert reconnects.wrong([1, 2, 4], whole) == 1
    assert reconnects.wrong([1, 2, 2, 3, 4], whole) == 1
    assert reconnects.wrong([1, 3, 2, 4], whole) == 1


async def test_an_upload_is_measured_beside_a_copy(place: Place) -> None:
    taken, growth = said(await uploading.measure(place, heard, 1, 2 * MB)).values()
    assert taken.value > 0 and taken.limit == 1.5
    assert growth.value >= 0 and growth.limit == 64.0


async def test_agents_drop_and_come_back(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agents, "REST", 0.1)
    memory, lost = said(await agents.measure(place, heard, 12, 5)).values()
    assert memory.limit == 1.5
    assert lost.value == 0 and lost.met
