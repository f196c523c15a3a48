"""The socket of agents: real clients of a real server."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress
from datetime import UTC, datetime

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidStatus

from marketer_desktop.api.app import create_app
from marketer_desktop.api.routes import agents
from marketer_desktop.api.serving import LARGEST_FRAME, listen, serve
from marketer_desktop.llm.agent_chat import Spent
from marketer_desktop.llm.errors import ModelError, ModelNotFound, OutOfMemory
from marketer_desktop.services.agent_keys import (
    AgentPermissions,
    CreateAgentKey,
    DeleteAgentKey,
    agent_key_of,
    create_agent_key,
    delete_agent_key,
)
from marketer_desktop.services.agent_problems import NoAgent
from marketer_desktop.services.parts import Parts
from tests.factories.agent_hub import Hub, agent_hub, answer_to, question, questions_of
from tests.factories.serving import Teammate, add_organization, add_teammate
from tests.fakes.desktop_agent import DesktopAgent, Socket, desktop
from tests.patience import becomes_true


@pytest.fixture
async def hub(parts: Parts) -> AsyncIterator[Hub]:
    async with agent_hub(parts) as hub:
        yield hub


async def closed(socket: ClientConnection) -> int:
    """The code that a connection is closed with."""
    try:
        while True:
            await asyncio.wait_for(socket.recv(), 30)
    except ConnectionClosed as error:
        assert error.rcvd is not None
        return error.rcvd.code


def code_of(agent: DesktopAgent) -> int | None:
    """The code that an agent's connection was closed with."""
    code: int | None = agent.socket.close_code
    return code


async def test_an_answer_comes_in_pieces_and_whole(hub: Hub, owner: Teammate) -> None:
    questions = questions_of(hub.parts, owner)
    async with desktop(await hub.socket(owner)) as agent:
        await hub.has(1)
        async with aclosing(questions.ask(question("Coffee?"))) as answer:
            first = asyncio.create_task(anext(answer))
            request = await agent.next()
            assert request == {"type": "llm_request", "id": request["id"], **question("Coffee?")}
            await agent.say(request_id=request["id"], content="Black ", done=False)
            assert await first == "Black "
            assert not questions.waits
            usage = {"prompt_tokens": 3, "completion_tokens": 2}
            await agent.answer(request, "cof", "fee\0", usage=usage)
            rest = [part async for part in answer]
    assert "".join(str(part) for part in rest[:-1]) == "coffee\ufffd"
    assert rest[-1] == Spent(3, 2)


async def test_only_a_good_key_gets_in(
    hub: Hub, owner: Teammate, caplog: pytest.LogCaptureFixture
) -> None:
    acting = hub.parts.acting_as(owner.member)
    asked_nothing = CreateAgentKey(name="x", permissions=AgentPermissions(llm_processing=False))
    useless = await create_agent_key(asked_nothing, acting, lambda event: None)
    good = await hub.socket(owner)
    for key in ("", "agnt_abc_def", good.key + "x", useless.key):
        with pytest.raises(InvalidStatus) as refused:
            async with Socket(good.server, key).open():
                pass
        assert refused.value.response.status_code == 401
        assert b'"UNAUTHORIZED"' in refused.value.response.body
    async with good.open():
        pass
    assert [each for each in caplog.records if each.levelno >= logging.WARNING] == []


async def test_a_key_that_is_revoked_or_expires_ends_its_connections(
    hub: Hub, owner: Teammate
) -> None:
    first, second = await hub.socket(owner), await hub.socket(owner)
    async with desktop(first) as revoked, desktop(second) as expired:
        await hub.has(2)
        acting = hub.parts.acting_as(owner.member)
        key = await agent_key_of(hub.parts, first.key)
        await delete_agent_key(DeleteAgentKey(key_id=key.id), acting, lambda event: None)
        await revoked.socket.wait_closed()
        assert code_of(revoked) == 4401
        assert code_of(expired) is None
        (link,) = hub.parts.agents.links.values()
        link.expires_at = datetime.now(UTC)
        await expired.socket.wait_closed()
        assert code_of(expired) == 4401
    await hub.has(0)


async def test_a_key_revoked_unheard_ends_its_connection(hub: Hub, owner: Teammate) -> None:
    """Between the handshake and the hello nobody listens for the key."""
    place = await hub.socket(owner)
    async with place.open() as socket:
        acting = hub.parts.acting_as(owner.member)
        key = await agent_key_of(hub.parts, place.key)
        await delete_agent_key(DeleteAgentKey(key_id=key.id), acting, lambda event: None)
        await socket.send('{"type":"hello","models":["m"]}')
        assert await closed(socket) == 4401


async def test_no_more_than_the_capacity_at_once(hub: Hub, owner: Teammate) -> None:
    questions = questions_of(hub.parts, owner)
    async with (
        desktop(await hub.socket(owner), capacity=1) as small,
        desktop(await hub.socket(owner), capacity=2) as large,
    ):
        await hub.has(2)
        asking = [
            asyncio.create_task(answer_to(questions, question(f"Number {n}?"))) for n in range(6)
        ]
        under_way = [(agent, await agent.next()) for agent in (small, large, large)]
        for left in (3, 2, 1, 0, 0, 0):
            assert small.requests.empty() and large.requests.empty()
            agent, request = under_way.pop(0)
            await agent.answer(request, "Yes.")
            if left:  # the others have all they can take
                under_way.append((agent, await agent.next()))
        assert [text for text, _ in await asyncio.gather(*asking)] == ["Yes."] * 6
    assert len({request["id"] for request in small.asked + large.asked}) == 6


async def test_who_stops_listening_withdraws(hub: Hub, owner: Teammate) -> None:
    questions = questions_of(hub.parts, owner)
    async with desktop(await hub.socket(owner)) as agent:
        await hub.has(1)
        asking = asyncio.create_task(answer_to(questions, question("Long?")))
        request = await agent.next()
        others = questions_of(hub.parts, owner)
        next_one = asyncio.create_task(answer_to(others, question("Short?")))

        async def waits() -> bool:
            return others.waits and not questions.waits

        await becomes_true(waits)
        asking.cancel()

        async def told() -> bool:
            return agent.cancelled == [request["id"]]

        await becomes_true(told)
        assert agent.requests.empty()  # it is still at it
        error = {"code": "cancelled", "message": "Stopped."}
        await agent.say(request_id=request["id"], error=error, done=True)
        await agent.answer(await agent.next(), "Yes.")
        assert (await next_one)[0] == "Yes."


async def test_the_same_request_is_answered_from_its_result(hub: Hub, owner: Teammate) -> None:
    questions = questions_of(hub.parts, owner)
    async with desktop(await hub.socket(owner)) as agent:
        await hub.has(1)
        both = [asyncio.create_task(answer_to(questions, question("Twice?"))) for _ in range(2)]
        await agent.answer(await agent.next(), "Once.", usage={"eval_count": 2})
        assert await asyncio.gather(*both) == [("Once.", Spent(0, 2))] * 2
        later = questions_of(hub.parts, owner, questions.scope)
        assert await answer_to(later, question("Twice?")) == ("Once.", Spent(0, 2))
        another = asyncio.create_task(answer_to(questions_of(hub.parts, owner), question("Twice?")))
        await agent.answer(await agent.next(), "Anew.")
        assert (await another)[0] == "Anew."
    assert len(agent.asked) == 2


async def test_agents_answer_for_their_own_organization_only(hub: Hub, owner: Teammate) -> None:
    theirs = await add_teammate(
        hub.parts, "x@example.com", await add_organization(hub.parts, "Other")
    )
    async with desktop(await hub.socket(theirs)) as stranger:
        await hub.has(1)
        with pytest.raises(NoAgent, match="No desktop of your organization"):
            await answer_to(questions_of(hub.parts, owner), question("Secret?"))
        async with desktop(await hub.socket(owner)) as agent:
            await hub.has(2)
            questions = questions_of(hub.parts, owner)
            asking = asyncio.create_task(answer_to(questions, question("Secret?")))
            request = await agent.next()
            more = questions_of(hub.parts, owner)
            waiting = asyncio.create_task(answer_to(more, question("Another?")))

            async def waits() -> bool:
                return more.waits

            await becomes_true(waits)
            own = asyncio.create_task(answer_to(questions_of(hub.parts, theirs), question("Ours?")))
            await stranger.answer(await stranger.next(), "Ours.")
            await stranger.answer(request, "I know it.")
            assert (await own)[0] == "Ours."
            await agent.answer(request, "Yes.")
            await agent.answer(await agent.next(), "Yes.")
            assert (await asking)[0] == (await waiting)[0] == "Yes."
    assert [frame["messages"][0]["content"] for frame in stranger.asked] == ["Ours?"]


async def test_the_agent_that_has_the_model_is_asked(hub: Hub, owner: Teammate) -> None:
    questions = questions_of(hub.parts, owner)
    async with (
        desktop(await hub.socket(owner), models=("qwen",), capacity=2) as one,
        desktop(await hub.socket(owner)) as other,
    ):
        await hub.has(2)
        first = asyncio.create_task(answer_to(questions, question("Which?")))
        request = await other.next()
        asking = [
            asyncio.create_task(answer_to(questions, question("Which?", model)))
            for model in ("qwen", "gone")
        ]
        for _ in range(2):
            await one.answer(await one.next(), "Me.")
        await other.answer(request, "Me.")
        await asyncio.gather(first, *asking)
    assert [request["model"] for request in other.asked] == ["llama3.2"]
    assert [request["model"] for request in one.asked] == ["qwen", "qwen"]


@pytest.mark.parametrize(
    ("code", "kind"),
    [("model_not_found", ModelNotFound), ("out_of_memory", OutOfMemory), ("odd", ModelError)],
)
async def test_an_agents_error_is_named(
    hub: Hub, owner: Teammate, code: str, kind: type[ModelError]
) -> None:
    questions = questions_of(hub.parts, owner)
    async with desktop(await hub.socket(owner)) as agent:
        await hub.has(1)
        for words in ("So.", "Then."):  # what has failed is asked anew
            asking = asyncio.create_task(answer_to(questions, question("Why?")))
            request = await agent.next()
            error = {"code": code, "message": words}
            await agent.say(request_id=request["id"], error=error, done=True)
            with pytest.raises(kind, match=f"could not answer: {words}"):
                await asking


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "[]",
        "{}",
        '{"type":"pong"}',
        '{"type":"hello","models":[]}',
        b"\x00",
        "\ud83d"[:0] + "nonsense",
    ],
)
async def test_what_is_no_hello_ends_the_connection(
    hub: Hub, owner: Teammate, frame: str | bytes
) -> None:
    async with (await hub.socket(owner)).open() as socket:
        await socket.send(frame)
        assert await closed(socket) == (1003 if isinstance(frame, bytes) else 1008)


async def test_a_frame_that_is_none_sends_the_request_to_another(hub: Hub, owner: Teammate) -> None:
    questions = questions_of(hub.parts, owner)
    async with desktop(await hub.socket(owner)) as bad:
        await hub.has(1)
        asking = asyncio.create_task(answer_to(questions, question("Coffee?")))
        await bad.next()
        async with desktop(await hub.socket(owner)) as good:
            await hub.has(2)
            await bad.say(type="gibberish")
            await bad.socket.wait_closed()
            await good.answer(await good.next(), "Black.")
            assert (await asking)[0] == "Black."
    assert code_of(bad) == 1008


async def test_frames_over_8_mib_are_refused(hub: Hub, owner: Teammate) -> None:
    place = await hub.socket(owner)
    async with served(hub.parts) as (url, ending):
        async with desktop(Socket(url, place.key)) as agent:
            await hub.has(1)
            await agent.say(request_id="0" * 32, content="x" * (LARGEST_FRAME - 100))
            await agent.say(type="ping")
            assert code_of(agent) is None
            with suppress(ConnectionClosed):
                await agent.say(request_id="0" * 32, content="x" * LARGEST_FRAME)
            await agent.socket.wait_closed()
            assert code_of(agent) == 1009
        await hub.has(0)
        async with desktop(Socket(url, place.key)) as agent:
            await hub.has(1)
            ending.set()
            await agent.socket.wait_closed()
            assert code_of(agent) == 1012  # it is to come back


@asynccontextmanager
async def served(parts: Parts) -> AsyncIterator[tuple[str, asyncio.Event]]:
    """The server as commands start it: its address, and what ends it."""
    ending = asyncio.Event()
    with listen("127.0.0.1", 0) as listening:
        serving = asyncio.create_task(serve(create_app(parts), listening, ending))
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}", ending
        finally:
            ending.set()
            await serving


async def test_agents_are_pinged_and_the_silent_are_sent_away(
    parts: Parts, owner: Teammate, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with agent_hub(parts, ping=0.01, look=0.01) as hub:
        place = await hub.socket(owner)
        async with desktop(place) as lively:

            async def pinged() -> bool:
                return lively.pings >= 2

            await becomes_true(pinged)
            monkeypatch.setattr(agents, "SILENCE_SECONDS", 0.2)
            async with place.open() as mute:
                assert await closed(mute) == 4408
            monkeypatch.undo()
        async with place.open() as asking:
            await asking.send('{"type":"hello","models":["m"]}')
            await asking.send('{"type":"ping"}')

            async def ponged() -> bool:
                return "pong" in str(await asking.recv())

            await becomes_true(ponged)


async def test_an_answer_without_an_end_is_given_up(
    hub: Hub, owner: Teammate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("marketer_desktop.services.agent_hub.LONGEST_ANSWER", 100)
    async with desktop(await hub.socket(owner)) as agent:
        await hub.has(1)
        asking = asyncio.create_task(answer_to(questions_of(hub.parts, owner), question("On?")))
        request = await agent.next()
        for _ in range(30):
            await agent.say(request_id=request["id"], content="and so on", done=False)
        with pytest.raises(ModelError, match="did not come to an end"):
            await asking

        async def told() -> bool:
            return agent.cancelled == [request["id"]]

        await becomes_true(told)
