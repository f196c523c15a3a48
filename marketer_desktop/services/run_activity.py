"""The job behind a run: takes the lease, streams the workflow, keeps what it has written."""

import asyncio
import time
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from marketer_desktop.domain.body import body_text
from marketer_desktop.domain.brand_voice import BrandVoice
from marketer_desktop.domain.brief import Brief
from marketer_desktop.domain.checks.check import Check, Subject
from marketer_desktop.domain.checks.report import acceptable, report
from marketer_desktop.domain.piece import Piece, Source
from marketer_desktop.domain.words import count_words
from marketer_desktop.events.run_event import PROGRESS, Step
from marketer_desktop.knowledge.retriever import ChunkRetriever
from marketer_desktop.llm.budget import check_budget
from marketer_desktop.llm.choice import parse_choice
from marketer_desktop.llm.factory import OpenModel
from marketer_desktop.observability.logs import log
from marketer_desktop.publishing.files import write_piece
from marketer_desktop.publishing.html import to_html
from marketer_desktop.publishing.rendering import render
from marketer_desktop.services.activity_report import own_run
from marketer_desktop.services.activity_text import keep_generated
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.restore_index import completed_index
from marketer_desktop.services.run_journal import RunJournal, read_brief
from marketer_desktop.services.run_notices import notify_complete, notify_failed
from marketer_desktop.storage.checkpoints import open_checkpointer
from marketer_desktop.storage.lease import take_lease
from marketer_desktop.storage.unit_of_work import UnitOfWork
from marketer_desktop.workflow.context import RunContext
from marketer_desktop.workflow.ledger import Ledger, RunIdentity
from marketer_desktop.workflow.model_calls import ModelCalls, RunModel
from marketer_desktop.workflow.progress import RunProgress
from marketer_desktop.workflow.runner import run_graph

PASSAGES = 8  # for each query
PASSAGES_PER_DOCUMENT = 2
LEASE_SECONDS = 10.0  # a run that was cancelled or has failed takes a moment to let go
LEASE_POLL = 0.05


@dataclass(frozen=True)
class Run:
    """One run as it is stored."""

    identity: RunIdentity
    project_id: int
    brief: Brief
    model: str


class _Journalist:
    """Writes steps into the journal: event and readable state in one transaction."""

    def __init__(self, journal: RunJournal, run: Run) -> None:
        self._journal, self._run = journal, run

    async def started(self, step: Step) -> None:
        before = {"seo_research": 0, "research": 20, "writing": 40, "editing": 60}.get(step, 80)
        await self._journal.keep("started", step, before, {})

    async def finished(
        self, step: Step, checkpoint_id: str, state: dict[str, Any], duration_ms: int
    ) -> None:
        identity = self._run.identity

        async def record(work: UnitOfWork) -> None:
            await work.steps.record(
                identity.activity_id, identity.run_id, step, checkpoint_id, state
            )
            row = await work.activities.get(identity.activity_id)
            stored = (row.workflow_state or {}) if row else {}
            await work.activities.set_run(
                identity.activity_id,
                {
                    **stored,
                    "run_id": str(identity.run_id),
                    "model": self._run.model,
                    "step": step,
                    "checkpoint_id": checkpoint_id,
                },
            )

        data = {"duration_ms": duration_ms}
        await self._journal.keep("finished", step, PROGRESS[step], data, record)


async def run_activity(parts: Parts, activity_id: int) -> None:
    """Run an activity to its end. A second runner of the same one leaves.

    A failure is kept with its message; being cancelled leaves the run as it stands, to be taken
    up again.
    """
    async with open_checkpointer(parts.database_url) as saver:
        if not await _lease(saver.conn, activity_id):
            return
        run = await _load(parts, activity_id)
        parts.bus.changed("activities")  # it waits no more; the first event may take a while
        journal = RunJournal(parts.database, parts.bus, activity_id)
        try:
            async with aclosing(await parts.models.open(parse_choice(run.model))) as model:
                context = await _context(parts, run, journal, model)
                thread = str(run.identity.run_id)
                state = await run_graph(context, saver, thread, _Journalist(journal, run))
            await _keep(parts, run, journal, state)
        except Exception as error:
            log.exception("run failed", extra={"activity_id": activity_id})
            await _fail(journal, str(error) or type(error).__name__)


async def _lease(connection: Any, activity_id: int) -> bool:
    """Hold the run, once the one before has let go; False if somebody else is at it."""
    deadline = time.monotonic() + LEASE_SECONDS
    while not await take_lease(connection, activity_id):
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(LEASE_POLL)
    return True


async def _load(parts: Parts, activity_id: int) -> Run:
    async with parts.database.unit_of_work() as work:
        row = await work.activities.get(activity_id)
        assert row is not None and row.workflow_state is not None
        place = await work.workspaces.of_campaign(row.campaign_id)
        state = row.workflow_state
        # A run that is cut off before its first event can be told from one that waits.
        await work.activities.set_run(row.id, {**state, "begun": state.get("job")})
        await work.commit()
        identity = RunIdentity(activity_id, place.organization_id, UUID(state["run_id"]))
        return Run(identity, place.project_id, read_brief(row.brief), state["model"])


async def _context(parts: Parts, run: Run, journal: RunJournal, model: OpenModel) -> RunContext:
    ledger = Ledger(parts.database, run.identity)
    progress = RunProgress(journal.tell)
    return RunContext(
        brief=run.brief,
        calls=ModelCalls(_run_model(model), ledger, progress),
        ledger=ledger,
        progress=progress,
        embeddings=parts.embeddings,
        retriever=await _retriever(parts, run),
        voice=await _voice(parts, run),
    )


async def _voice(parts: Parts, run: Run) -> BrandVoice:
    async with parts.database.unit_of_work() as work:
        project = await work.projects.get(run.identity.organization_id, run.project_id)
    voice = BrandVoice.model_validate((project and project.brand_voice) or {})
    return voice.allowing([run.brief.topic, *run.brief.keywords])


def _run_model(model: OpenModel) -> RunModel:
    return RunModel(
        chat=model.chat,
        provider=model.choice.provider,
        name=model.choice.name,
        context_tokens=model.context_tokens,
        parallel=model.parallel,
        check_budget=check_budget,
        recover=model.recover,
    )


async def _retriever(parts: Parts, run: Run) -> ChunkRetriever | None:
    """Over the documents that the brief names, else over all of the project; None if none."""
    documents = run.brief.document_ids
    async with parts.database.unit_of_work() as work:
        known = await work.documents.list(run.identity.organization_id, run.project_id)
    if not any(row.status == "indexed" for row in known):
        return None
    return ChunkRetriever(
        database=parts.database,
        index=await completed_index(parts, run.identity.organization_id),
        embeddings=parts.embeddings,
        limit=PASSAGES,
        project_id=run.project_id,
        document_ids=documents or None,
        per_document=PASSAGES_PER_DOCUMENT if documents else 0,
    )


async def _keep(parts: Parts, run: Run, journal: RunJournal, state: dict[str, Any]) -> None:
    """Check the piece, write its files, and end the run in one transaction."""
    piece = Piece(**state["piece"])
    sources = [Source(**source) for source in state["sources"]]
    body = body_text(run.brief.type, piece)
    checks = report(Subject(run.brief, piece, sources, body))
    status = "completed" if acceptable(checks) else "needs_attention"
    text = render(run.brief.type, piece, sources)
    folder = parts.data_dir / "content" / str(run.identity.activity_id)
    page = to_html(text, piece.title, state["description"], run.brief.language)
    path = write_piece(folder, text, page, {"checks": [check.model_dump() for check in checks]})
    content = {
        "final_content": text,
        "piece": state["piece"],
        "seo_data": {**state["seo"], "meta_description": state["description"]},
        "research_sources": [
            s.model_dump(exclude={"heading"}) for s in sources if s.n in piece.cited()
        ],
        "social_variants": state["variants"],
        "metadata": {"word_count": count_words(body), "title": piece.title, "path": str(path)},
    }
    save = partial(_save, run=run, content=content, checks=checks, status=status)
    await journal.end("complete", {"status": status}, save)


async def _save(
    work: UnitOfWork, *, run: Run, content: dict[str, Any], checks: list[Check], status: str
) -> None:
    identity = run.identity
    row = await work.activities.get(identity.activity_id)
    assert row is not None
    executions, events = own_run(
        row,
        await work.executions.of_activity(row.id),
        await work.run_events.after(row.id, 0),
    )
    await keep_generated(work, row.id, content)
    tokens = sum(execution.tokens_total for execution in executions)
    await work.activities.save_content(
        identity.activity_id,
        content=content,
        report={"checks": [check.model_dump() for check in checks]},
        status=status,
        tokens=tokens,
        duration_ms=sum(int(event.data.get("duration_ms", 0)) for event in events),
    )
    await work.usage.record(
        identity.organization_id,
        None,
        "llm_request",
        {"activity_id": identity.activity_id, "model": run.model, "tokens": tokens},
    )
    await notify_complete(work, identity.activity_id, checks)


async def _fail(journal: RunJournal, message: str) -> None:
    async def mark(work: UnitOfWork) -> None:
        await work.activities.set_status(journal.activity_id, "failed", message)
        await notify_failed(work, journal.activity_id, message)

    await journal.end("failed", {"message": message}, mark)
