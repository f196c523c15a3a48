"""Agents at one process are asked by another, and outlive the death of any."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from marketer_desktop.llm.agent_chat import Spent
from marketer_desktop.llm.errors import StreamCutShort
from marketer_desktop.services.agent_desk import AgentDesk
from marketer_desktop.services.agent_frames import Told
from marketer_desktop.services.agent_problems import AgentsLeft, NoAgent
from marketer_desktop.services.agent_relay import LONGEST_PIECE, joined
from marketer_desktop.services.parts import Parts
from tests.factories.agent_hub import Hub, agent_hub, answer_to, question, questions_of
from tests.factories.serving import Teammate
from tests.fakes.desktop_agent import Socket, desktop
from tests.patience import becomes_true

ROOT = Path(__file__).parents[3]
SECRET = "0123456789abcdef" * 2  # the same in all processes, as in a team's servers


@pytest.fixture
async def hubs(parts: Parts) -> AsyncIterator[tuple[Hub, Hub]]:
    """Two servers on one database, as two processes have them."""
    async with AsyncExitStack() as stack:
        here = await stack.enter_async_context(agent_hub(parts))
        there = await stack.enter_async_context(agent_hub(replace(parts, agents=AgentDesk())))
        yield here, there


async def test_an_agent_of_another_process_answers(hubs: tuple[Hub, Hub], owner: Teammate) -> None:
    here, there = hubs
    async with desktop(await there.socket(owner)) as agent:
        await there.has(1)
        asking = asyncio.create_task(answer_to(questions_of(here.parts, owner), question("So?")))
        usage = {"prompt_tokens": 1, "completion_tokens": 2}
        await agent.answer(await agent.next(), "Yes, ", "so.", usage=usage)
        assert await asking == ("Yes, so.", Spent(1, 2))
        cut = asyncio.create_task(answer_to(questions_of(here.parts, owner), question("On?")))
        request = await agent.next()
        cut.cancel()

        async def told() -> bool:
            return agent.cancelled == [request["id"]]

        await becomes_true(told)


async def test_what_a_vanished_agent_was_asked_is_offered_to_another(
    hubs: tuple[Hub, Hub], owner: Teammate
) -> None:
    here, there = hubs
    questions = questions_of(here.parts, owner)
    async with desktop(await here.socket(owner)) as first:
        await here.has(1)
        answer = questions.ask(question("So?"))
        beginning = asyncio.create_task(anext(answer))
        request = await first.next()
        await first.say(request_id=request["id"], content="I am about", done=False)
        assert await beginning == "I am about"
        async with desktop(await there.socket(owner)) as second:
            await there.has(1)
            rest = asyncio.create_task(anext(answer))
            await first.socket.close()
            again = await second.next()
            assert again["id"] == request["id"]
            await second.say(request_id=again["id"], content="Y", done=False)
            with pytest.raises(StreamCutShort):  # what the first had said is in vain
                await rest
            await second.answer(again, "es.")
            assert (await answer_to(questions, question("So?")))[0] == "Yes."
            assert len(second.asked) == 1


async def test_an_answer_from_a_process_taken_for_dead_does_not_count(
    hubs: tuple[Hub, Hub], owner: Teammate
) -> None:
    here, there = hubs
    async with desktop(await here.socket(owner)) as late:
        await here.has(1)
        asking = asyncio.create_task(answer_to(questions_of(there.parts, owner), question("So?")))
        request = await late.next()
        async with desktop(await there.socket(owner)) as other:
            await here.relay.stop()
            again = await other.next()
            assert again["id"] == request["id"]
            await late.answer(request, "Late.")
            await late.say(type="ping")
            assert (await late.next())["type"] == "pong"  # so the answer is taken in
            await other.answer(again, "Yes.")
            assert (await asking)[0] == "Yes."


@pytest.mark.parametrize("others_may", [False, True])
async def test_without_another_agent_the_request_fails(
    hubs: tuple[Hub, Hub], owner: Teammate, others_may: bool
) -> None:
    here, _ = hubs
    questions = replace(questions_of(here.parts, owner), others_may=others_may)
    async with desktop(await here.socket(owner)) as agent:
        await here.has(1)
        asking = asyncio.create_task(answer_to(questions, question("So?")))
        await agent.next()
    with pytest.raises(AgentsLeft if others_may else NoAgent, match="went away before"):
        await asking


async def test_a_request_that_agents_vanish_at_is_not_offered_for_ever(
    hubs: tuple[Hub, Hub], owner: Teammate
) -> None:
    here, there = hubs
    async with desktop(await there.socket(owner)) as busy:
        await there.has(1)
        filling = asyncio.create_task(answer_to(questions_of(here.parts, owner), question("A?")))
        first = await busy.next()
        asking = asyncio.create_task(answer_to(questions_of(here.parts, owner), question("So?")))
        for _ in range(3):
            async with desktop(await here.socket(owner)) as agent:
                await agent.next()
        with pytest.raises(NoAgent, match="went away before"):
            await asking
        await busy.answer(first, "A.")
        assert (await filling)[0] == "A."


async def test_the_agents_of_a_killed_process_are_missed(
    parts: Parts, owner: Teammate, tmp_path: Path
) -> None:
    parts.settings.token_secret = SECRET
    async with agent_hub(parts) as here:
        place = await here.socket(owner)
        async with (
            other_process(parts.database_url, tmp_path / "other") as (process, url),
            desktop(Socket(url, place.key)) as doomed,
        ):

            async def connected() -> bool:
                async with parts.database.unit_of_work() as work:
                    return await work.agent_connections.are_there(owner.organization_id)

            await becomes_true(connected)
            questions = questions_of(parts, owner)
            asking = asyncio.create_task(answer_to(questions, question("So?")))
            request = await doomed.next()
            async with desktop(place) as survivor:
                await here.has(1)
                os.kill(process.pid, signal.SIGKILL)
                again = await survivor.next()
                assert again["id"] == request["id"]
                await survivor.answer(again, "Yes.")
                assert (await asking)[0] == "Yes."
        async with parts.database.unit_of_work() as work:
            row = await work.agent_requests.get(UUID(request["id"]))
        assert row is not None and (row.status, row.offers) == ("completed", 2)


@asynccontextmanager
async def other_process(
    database_url: str, folder: Path
) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """A server of its own on the same database, with its address."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.factories.agent_process",
        database_url,
        str(folder),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "MARKETER_TOKEN_SECRET": SECRET},
    )
    assert process.stdout is not None
    try:
        yield process, (await process.stdout.readline()).decode().strip()
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def test_pieces_are_joined_and_cut_to_what_can_be_said() -> None:
    one, other = uuid4(), uuid4()
    pieces = [
        Told(request_id=one, at=4, text="a" * LONGEST_PIECE),
        Told(request_id=other, at=0, text="x"),
        Told(request_id=one, at=4 + LONGEST_PIECE, text="b"),
        Told(request_id=other, at=0, text="y"),  # begun anew
    ]
    assert joined(pieces) == [
        pieces[0],
        pieces[2],
        pieces[1],
        pieces[3],
    ]
