"""Runs that members' desktops write, as their organization wants it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage
from sqlalchemy import select, update

from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.llm.retrying import Patience
from marketer_desktop.services import agent_model
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.tables import ActivityRow, AgentExecutionRow, OrganizationRow
from tests.factories.agent_hub import Hub, agent_hub
from tests.factories.serving import Teammate
from tests.fakes.desktop_agent import DesktopAgent, Frame, desktop
from tests.fakes.scripted_chat_model import ScriptedChatModel
from tests.guards import Problems, told
from tests.patience import becomes_true

MAIL = {"topic": "Fresh coffee", "content_type": "email", "target_word_count": 60}
MINUTE = 60.0


async def set_mode(parts: Parts, mode: str) -> None:
    """How every organization wants its texts written."""
    async with parts.database.unit_of_work() as work:
        await work.session.execute(update(OrganizationRow).values(llm_mode=mode))
        await work.commit()


async def run(hub: Hub, owner: Teammate, **more: Any) -> int:
    """Queue a run; its activity."""
    async with hub.server.client(owner) as client:
        answer = await client.post("/api/workflows/execute", json={**MAIL, **more})
    number: int = answer.json()["data"]["activity_id"]
    return number


async def ended(parts: Parts, activity_id: int) -> ActivityRow:
    """The activity, once its run has ended."""
    found: list[ActivityRow] = []

    async def over() -> bool:
        async with parts.database.unit_of_work() as work:
            row = await work.activities.get(activity_id)
        assert row is not None
        found.append(row)
        return row.status != "generating"

    await becomes_true(over, MINUTE)
    return found[-1]


async def authors(parts: Parts, activity_id: int) -> set[tuple[str | None, str | None]]:
    """Who has answered the calls of a run."""
    async with parts.database.unit_of_work() as work:
        rows = await work.session.execute(
            select(AgentExecutionRow.llm_provider, AgentExecutionRow.llm_model).where(
                AgentExecutionRow.activity_id == activity_id,
                AgentExecutionRow.status == "completed",
                AgentExecutionRow.llm_provider.is_not(None),
            )
        )
    return {(provider, model) for provider, model in rows}


async def written(frame: Frame) -> str:
    """What the model of a desktop says."""
    kinds = {"system": SystemMessage, "user": HumanMessage}
    messages: list[BaseMessage] = [kinds[m["role"]](m["content"]) for m in frame["messages"]]
    model = ScriptedChatModel(about="coffee")
    options = {"max_tokens": frame["options"]["num_predict"]}
    return "".join([part.text async for part in model.bind(**options).astream(messages)])


@asynccontextmanager
async def serving(agent: DesktopAgent) -> AsyncIterator[None]:
    """The agent answers what it is asked."""
    work = asyncio.create_task(agent.serve(written))
    try:
        yield
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


@pytest.fixture
async def hub(parts: Parts) -> AsyncIterator[Hub]:
    async with agent_hub(parts) as hub:
        yield hub


def servers_model(parts: Parts) -> ScriptedChatModel:
    """The model of the server, which answers to every name."""
    model: ScriptedChatModel = parts.models.model  # type: ignore[attr-defined]
    return model


async def test_a_desktop_writes_a_run(hub: Hub, owner: Teammate) -> None:
    await set_mode(hub.parts, "hybrid")
    async with desktop(await hub.socket(owner), capacity=2) as agent, serving(agent):
        await hub.has(1)
        row = await ended(hub.parts, await run(hub, owner))
    assert row.status in ("completed", "needs_attention"), row.error_message
    assert await authors(hub.parts, row.id) == {("agent", "llama3.2")}
    assert servers_model(hub.parts).calls == 0
    assert {frame["model"] for frame in agent.asked} == {"llama3.2"}
    assert row.tokens_used > 0


async def test_a_run_without_a_desktop_says_that_it_waits_and_then_why_it_failed(
    hub: Hub, owner: Teammate, monkeypatch: pytest.MonkeyPatch, log_problems: Problems
) -> None:
    monkeypatch.setattr(agent_model, "PATIENCE", Patience(first=0.01, passing_calls=2))
    await set_mode(hub.parts, "local_agent")
    async with hub.parts.bus.watch() as heard:
        row = await ended(hub.parts, await run(hub, owner))
        events = [heard.get_nowait() for _ in range(heard.qsize())]
    whys = [e.data.get("restart") for e in events if isinstance(e, RunEvent)]
    assert "No desktop of your organization is connected; trying again in 1 s." in whys
    assert row.status == "failed"
    assert "No desktop of your organization is connected" in str(row.error_message)
    assert told(log_problems.records) == ["ERROR marketer_desktop: run failed"]
    log_problems.records.clear()
    assert servers_model(hub.parts).calls == 0


async def test_others_write_where_the_organization_lets_them(hub: Hub, owner: Teammate) -> None:
    await set_mode(hub.parts, "hybrid")
    row = await ended(hub.parts, await run(hub, owner))
    assert row.status in ("completed", "needs_attention"), row.error_message
    assert {provider for provider, _ in await authors(hub.parts, row.id)} == {"starter"}


async def test_others_go_on_where_desktops_have_left(
    hub: Hub, owner: Teammate, log_problems: Problems
) -> None:
    await set_mode(hub.parts, "hybrid")
    async with desktop(await hub.socket(owner)) as agent:
        await hub.has(1)
        number = await run(hub, owner)
        first = await agent.next()
        await agent.answer(first, await written(first))
        await agent.next()
    row = await ended(hub.parts, number)
    assert row.status in ("completed", "needs_attention"), row.error_message
    found = await authors(hub.parts, number)
    assert ("agent", "llama3.2") in found and len(found) == 2
    (warning,) = told(log_problems.records)
    assert warning == "WARNING marketer_desktop: a run goes on without agents"
    log_problems.records.clear()
    assert servers_model(hub.parts).calls > 0


async def test_a_run_waits_for_the_next_desktop(hub: Hub, owner: Teammate) -> None:
    await set_mode(hub.parts, "local_agent")
    async with desktop(await hub.socket(owner)) as agent:
        await hub.has(1)
        number = await run(hub, owner)
        await agent.next()
    async with desktop(await hub.socket(owner), capacity=5) as agent, serving(agent):
        row = await ended(hub.parts, number)
    assert row.status in ("completed", "needs_attention"), row.error_message
    assert await authors(hub.parts, number) == {("agent", "llama3.2")}
