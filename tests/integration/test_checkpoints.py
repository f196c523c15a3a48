"""LangGraph's saver in its own schema."""

import asyncio
from typing import Any, TypedDict

import psycopg
import pytest
from langgraph.graph import END, START, StateGraph

from marketer_desktop.storage import checkpoints
from marketer_desktop.storage.checkpoints import CheckpointsBusy, open_checkpointer
from marketer_desktop.storage.migration import differences, downgrade


class Draft(TypedDict):
    text: str


async def test_a_graph_goes_on_where_another_saver_left_it(migrated_url: str) -> None:
    config: Any = {"configurable": {"thread_id": "run-1"}}
    async with open_checkpointer(migrated_url) as saver:
        graph = _graph().compile(checkpointer=saver, interrupt_before=["editing"])
        await graph.ainvoke({"text": "idea"}, config)
    async with open_checkpointer(migrated_url) as saver:
        graph = _graph().compile(checkpointer=saver)
        result = await graph.ainvoke(None, config)
    assert result == {"text": "idea, written, edited"}


async def test_its_tables_stay_out_of_ours(migrated_url: str) -> None:
    async with open_checkpointer(migrated_url):
        pass
    with psycopg.connect(migrated_url) as connection:
        rows = connection.execute(
            "SELECT DISTINCT schemaname FROM pg_tables WHERE tablename LIKE 'checkpoint%'"
        ).fetchall()
    assert rows == [("langgraph",)]
    assert await asyncio.to_thread(differences, migrated_url) == []
    await asyncio.to_thread(downgrade, migrated_url, "base")


async def test_many_may_open_a_fresh_database_at_once(migrated_url: str) -> None:
    async def open_one() -> bool:
        async with open_checkpointer(migrated_url) as saver:
            return await saver.aget_tuple({"configurable": {"thread_id": "none"}}) is None

    assert await asyncio.gather(*(open_one() for _ in range(4))) == [True] * 4


async def test_set_up_tables_are_opened_without_the_lock(
    migrated_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "PATIENCE_S", 0.1)
    with psycopg.connect(migrated_url, autocommit=True) as holder:
        holder.execute("SELECT pg_advisory_lock(%s)", (checkpoints.SETUP_LOCK,))
        with pytest.raises(CheckpointsBusy, match="try again"):
            async with open_checkpointer(migrated_url):
                pass
        holder.execute("SELECT pg_advisory_unlock(%s)", (checkpoints.SETUP_LOCK,))
        async with open_checkpointer(migrated_url):
            pass
        holder.execute("SELECT pg_advisory_lock(%s)", (checkpoints.SETUP_LOCK,))
        async with open_checkpointer(migrated_url) as saver:
            assert await saver.aget_tuple({"configurable": {"thread_id": "none"}}) is None


def _graph() -> StateGraph[Draft, None, Draft, Draft]:
    graph = StateGraph(Draft)
    graph.add_node("writing", lambda state: {"text": state["text"] + ", written"})
    graph.add_node("editing", lambda state: {"text": state["text"] + ", edited"})
    graph.add_edge(START, "writing")
    graph.add_edge("writing", "editing")
    graph.add_edge("editing", END)
    return graph
