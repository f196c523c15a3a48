"""Streams the graph of one run and says when each step begins and ends."""

import time
from collections.abc import AsyncGenerator, Container
from contextlib import aclosing
from functools import cache
from typing import Any, Protocol, cast

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import Command

from marketer_desktop.events.run_event import STEPS, Step
from marketer_desktop.workflow.context import RunContext
from marketer_desktop.workflow.graph import STEP_OF_NODE, build_graph
from marketer_desktop.workflow.state import RunState

Compiled = CompiledStateGraph[RunState, RunContext, RunState, RunState]
MOST_NODES = 5  # agents at work at once in one workflow (specification, section 11.3)


class StepObserver(Protocol):
    """Is told of steps; `state` is what the agents have found out so far."""

    async def started(self, step: Step) -> None:
        """A step begins, or goes on after an interruption."""

    async def finished(
        self, step: Step, checkpoint_id: str, state: dict[str, Any], duration_ms: int
    ) -> None:
        """A step has ended and its checkpoint is durable."""


class _Steps:
    """Follows the checkpoints of a run and works out which step it is in."""

    def __init__(self, context: RunContext, observer: StepObserver) -> None:
        self._context, self._observer = context, observer
        self._step: Step | None = None
        self._began = 0.0

    async def catch_up(
        self, nodes: tuple[str, ...], checkpoint: str, state: dict[str, Any], told: Container[str]
    ) -> None:
        """Tell of a step that had ended when the process died, before it could say so."""
        ahead = next((STEP_OF_NODE[node] for node in nodes if node in STEP_OF_NODE), None)
        if nodes and ahead is None:
            return
        ended = STEPS[: STEPS.index(ahead) if ahead else len(STEPS)]
        if ended and ended[-1] not in told:
            await self._observer.finished(ended[-1], checkpoint, state, 0)

    async def moved(self, nodes: tuple[str, ...], checkpoint: str, state: dict[str, Any]) -> None:
        """The nodes that come next after a checkpoint; none at the end."""
        now = next((STEP_OF_NODE[node] for node in nodes if node in STEP_OF_NODE), None)
        if now == self._step:
            return
        if self._step is not None:
            spent = round((time.monotonic() - self._began) * 1000)
            await self._observer.finished(self._step, checkpoint, state, spent)
        self._step, self._began = now, time.monotonic()
        if now is not None:
            self._context.progress.enter(now)
            await self._observer.started(now)


@cache
def _compiled() -> Compiled:
    """The graph is the same for all runs; only where checkpoints are kept is not."""
    return build_graph().compile()


async def run_graph(
    context: RunContext,
    saver: BaseCheckpointSaver[Any],
    thread: str,
    observer: StepObserver,
    approved: list[dict[str, Any]] | None = None,
    told: Container[str] = STEPS,
) -> dict[str, Any]:
    """Run, or take up where the last checkpoint of `thread` stands; return the state it leaves.

    A run that waits for its outline to be reviewed goes on with the `approved` one; without that
    it stops there: see `waits`. `told` are the steps whose ends the observer knows of.
    """
    graph = _compiled().copy({"checkpointer": saver})
    config: RunnableConfig = {
        "configurable": {"thread_id": thread},
        "max_concurrency": MOST_NODES,
    }
    steps = _Steps(context, observer)
    before = await graph.aget_state(config)
    known = before.config.get("configurable", {}).get("checkpoint_id")
    if known:
        # Not `before.next`: it leaves out nodes that are done but whose checkpoint is not made.
        ahead = tuple(task.name for task in before.tasks)
        await steps.catch_up(ahead, known, before.values, told)
        await steps.moved(ahead, known, before.values)
    # `None` goes on from the checkpoint; a fresh thread needs an input.
    begin: RunState | Command[Any] | None = None if known else {"written": []}
    if approved is not None and before.interrupts:
        begin = Command(resume=approved)
    stream = graph.astream(
        begin,
        config,
        context=context,
        stream_mode="checkpoints",
        durability="sync",
    )
    # A run that ends while it tells of a step must leave nothing at work on its connection.
    async with aclosing(cast("AsyncGenerator[dict[str, Any]]", stream)) as points:
        async for point in points:
            place = point["config"]["configurable"]["checkpoint_id"]
            await steps.moved(tuple(point["next"]), place, point["values"])
    return dict((await graph.aget_state(config)).values)


def waits(state: dict[str, Any]) -> bool:
    """Whether the run has stopped for its outline to be reviewed."""
    return "piece" not in state
