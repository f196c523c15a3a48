"""The stream of a run over a real socket: in order, without a gap, and never silent."""

from contextlib import aclosing

import pytest

from marketer_desktop.services import stream_activity
from marketer_desktop.services.parts import Parts
from tests.factories.live_server import LiveServer, Sent, events_of, live_server
from tests.factories.serving import Teammate
from tests.fakes.scripted_chat_model import ScriptedChatModel
from tests.patience import becomes_true

MAIL = {"topic": "Fresh coffee", "content_type": "email", "target_word_count": 60}


def scripted(parts: Parts) -> ScriptedChatModel:
    model: ScriptedChatModel = parts.models.model  # type: ignore[attr-defined]
    return model


async def begun(server: LiveServer, owner: Teammate) -> str:
    """The path of a new run's stream."""
    async with server.client(owner) as client:
        answer = await client.post("/api/workflows/execute", json=MAIL)
    path: str = answer.json()["data"]["stream_url"]
    return path


async def heard(
    server: LiveServer, owner: Teammate, path: str, after: int | None = None, most: int = 10_000
) -> list[Sent]:
    """What a client hears until the stream ends, or until it has `most` stored events."""
    headers = {"Accept": "text/event-stream"}
    if after is not None:
        headers["Last-Event-ID"] = str(after)
    told: list[Sent] = []
    async with (
        server.client(owner) as client,
        client.stream("GET", path, headers=headers) as response,
    ):
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        async with aclosing(events_of(response)) as events:
            async for event in events:
                told.append(event)
                if sum(1 for each in told if each.id is not None) >= most:
                    return told
    return told


def numbers(told: list[Sent]) -> list[int]:
    return [each.id for each in told if each.id is not None]


async def test_a_client_that_comes_back_misses_nothing(parts: Parts, owner: Teammate) -> None:
    async with live_server(parts) as server:
        path = await begun(server, owner)
        seen: list[int] = []
        while not seen or seen[-1] < 11:
            after = seen[-1] if seen else None
            seen += numbers(await heard(server, owner, path, after, most=2))
        assert seen == list(range(1, 12))
        assert numbers(await heard(server, owner, path, after=7)) == [8, 9, 10, 11]
        async with server.client(owner) as client:
            over = await client.get(path, headers={"Last-Event-ID": "11"})
            assert (over.status_code, over.content) == (204, b"")
            wrong = await client.get(path, headers={"Last-Event-ID": "x"})
            assert wrong.status_code == 400
        assert numbers(await heard(server, owner, path, after=999)) == list(range(1, 12))

        async def nobody_listens() -> bool:
            return not parts.bus._queues

        await becomes_true(nobody_listens)


async def test_a_run_that_goes_on_is_told_from_there(parts: Parts, owner: Teammate) -> None:
    model = scripted(parts)
    model.pause = 30
    async with live_server(parts) as server:
        path = await begun(server, owner)
        await heard(server, owner, path, most=1)
        async with server.client(owner) as client:
            await client.post(path.replace("stream", "cancel"))
            first = await heard(server, owner, path)
            assert first[-1].step == ("cancelled", 100)
            model.pause = 0
            await client.post(path.replace("stream", "resume"))
        behind = numbers(first)[-1]
        latest = await heard(server, owner, path)
        whole = await heard(server, owner, path, after=0)
    assert numbers(latest)[0] == behind + 1
    assert latest[-1].step == whole[-1].step == ("complete", 100)
    assert numbers(whole) == list(range(1, numbers(latest)[-1] + 1))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second passes sooner."""
    assert stream_activity.PULSE <= 1.0
    monkeypatch.setattr(stream_activity, "PULSE", 0.05)


async def test_a_silent_run_still_says_something_every_second(
    parts: Parts, owner: Teammate, quick: None
) -> None:
    scripted(parts).pause = 30
    async with live_server(parts) as server:
        path = await begun(server, owner)
        beats = 0
        async with server.client(owner) as client, client.stream("GET", path) as response:
            async with aclosing(events_of(response)) as events:
                async for event in events:
                    beats += event.event == "progress"
                    if beats == 3:
                        break
            await client.post(path.replace("stream", "cancel"))


async def test_a_server_that_ends_tells_its_streams(
    parts: Parts, owner: Teammate, quick: None
) -> None:
    scripted(parts).pause = 30
    async with live_server(parts) as server:
        path = await begun(server, owner)
        async with server.client(owner) as client, client.stream("GET", path) as response:
            server.app.state.closing.set()
            async with aclosing(events_of(response)) as events:
                last = [event async for event in events][-1]
            assert (last.event, last.data) == ("closing", {})
            await client.post(path.replace("stream", "cancel"))
