"""Makes what a run of the workflow works with, for tests."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever

from marketer_desktop.domain.brief import Brief
from marketer_desktop.domain.eta import Forecast, expected_work
from marketer_desktop.events.run_event import Step
from marketer_desktop.llm.answering import Writer
from marketer_desktop.llm.budget import check_budget
from marketer_desktop.llm.retrying import PATIENCE, Patience
from marketer_desktop.storage.database import Database
from marketer_desktop.workflow.context import RunContext
from marketer_desktop.workflow.ledger import Ledger, RunIdentity
from marketer_desktop.workflow.model_calls import ModelCalls, RunModel
from marketer_desktop.workflow.progress import RunProgress
from tests.fakes.scripted_chat_model import ScriptedChatModel


async def never(began: float) -> bool:
    """A model server that nobody starts again."""
    return False


async def add_run(database: Database, brief: Brief) -> RunIdentity:
    """An activity with a run of its own."""
    async with database.unit_of_work() as work:
        place = await work.workspaces.local_workspace()
        row = await work.activities.add(
            place.campaign_id, place.user_id, brief.model_dump(mode="json"), "generating"
        )
        await work.commit()
    return RunIdentity(row.id, place.organization_id, uuid4())


def make_calls(
    model: ScriptedChatModel,
    ledger: Ledger,
    progress: RunProgress,
    *,
    parallel: int = 5,
    context_tokens: int = 2048,
    recover: Callable[[float], Awaitable[bool]] = never,
    small: bool = True,
    patience: Patience = PATIENCE,
) -> ModelCalls:
    """Calls to a scripted model through the ledger."""
    places = asyncio.Semaphore(parallel)
    run_model = RunModel(
        Writer(model, recover, not small, patience).write,
        "scripted",
        "prose",
        context_tokens,
        lambda: places,
        check_budget,
        small,
    )
    return ModelCalls(run_model, ledger, progress)


@dataclass
class RunFactory:
    """Contexts for the same run, as each start of the engine makes one."""

    database: Database
    embeddings: Embeddings
    brief: Brief
    identity: RunIdentity
    model: ScriptedChatModel
    retriever: BaseRetriever | None = None
    small: bool = True
    told: list[tuple[str, str, int, dict[str, Any]]] = field(default_factory=list)

    def context(self) -> RunContext:
        """A context on the same ledger and model."""
        ledger = Ledger(self.database, self.identity)
        progress = RunProgress(
            lambda *event: self.told.append(event),
            Forecast(expected_work(self.brief.type, self.brief.words, small=self.small)),
        )
        return RunContext(
            brief=self.brief,
            calls=make_calls(self.model, ledger, progress, small=self.small),
            ledger=ledger,
            progress=progress,
            embeddings=self.embeddings,
            retriever=self.retriever,
        )

    @property
    def thread(self) -> str:
        """The thread that checkpoints are kept under."""
        return str(self.identity.run_id)


class StepNotes:
    """An observer that notes what it is told."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, Step]] = []
        self.checkpoints: list[str] = []
        self.states: dict[Step, dict[str, Any]] = {}

    async def started(self, step: Step) -> None:
        """Note that a step begins."""
        self.heard.append(("started", step))

    async def finished(
        self, step: Step, checkpoint_id: str, state: dict[str, Any], duration_ms: int
    ) -> None:
        """Note that a step has ended."""
        assert duration_ms >= 0
        self.heard.append(("finished", step))
        self.checkpoints.append(checkpoint_id)
        self.states[step] = state
