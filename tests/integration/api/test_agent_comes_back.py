"""Agents that come when a run looks for one, and that come back to what they were at."""

import asyncio
from contextlib import AsyncExitStack, aclosing

import pytest

from marketer_desktop.llm.agent_chat import Spent
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.repositories.agent_connections import AgentConnections
from tests.factories.agent_hub import agent_hub, answer_to, question, questions_of
from tests.factories.serving import Teammate
from tests.fakes.desktop_agent import DesktopAgent, Frame, desktop


async def test_who_comes_while_a_run_gives_up_answers_it(
    parts: Parts, owner: Teammate, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = AgentConnections.are_there
    came: asyncio.Future[tuple[DesktopAgent, Frame]] = asyncio.get_running_loop().create_future()
    async with agent_hub(parts) as hub, AsyncExitStack() as open_ones:
        place = await hub.socket(owner)

        async def are_there(connections: AgentConnections, organization_id: int) -> bool:
            seen = await look(connections, organization_id)
            if not came.done():
                agent = await open_ones.enter_async_context(desktop(place))
                came.set_result((agent, await agent.next()))
            return seen

        monkeypatch.setattr(AgentConnections, "are_there", are_there)
        asking = asyncio.create_task(answer_to(questions_of(parts, owner), question("So?")))

        agent, request = await came
        await agent.answer(request, "Yes.")
        assert (await asking)[0] == "Yes."
        assert agent.cancelled == []


async def test_what_an_agent_that_comes_back_says_again_is_heard_once(
    parts: Parts, owner: Teammate
) -> None:
    async with agent_hub(parts) as hub, desktop(await hub.socket(owner)) as first:
        await hub.has(1)
        async with aclosing(questions_of(parts, owner).ask(question("So?"))) as answer:
            beginning = asyncio.create_task(anext(answer))
            request = await first.next()
            await first.say(request_id=request["id"], content="Black cof", done=False)
            heard = [await beginning]
            async with desktop(await hub.socket(owner)) as second:
                await hub.has(2)
                rest = asyncio.create_task(anext(answer))
                await first.socket.close()
                again = await second.next()
                for piece in ("Black ", "coffee"):
                    await second.say(request_id=again["id"], content=piece, done=False)
                heard.append(await rest)
                await second.answer(again, ".")
                heard += [part async for part in answer]
    assert heard.pop() == Spent(0, 0)
    assert "".join(str(part) for part in heard) == "Black coffee."
