"""The job behind a run: takes the lease, streams the workflow, keeps what it has written."""

import asyncio
import time
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import UUID

from marketer_desktop.domain.brand_summary import BrandSummary
from marketer_desktop.domain.brand_voice import BrandVoice
from marketer_desktop.domain.brief import LONG_FORM, Brief, ContentType
from marketer_desktop.domain.checks.check import Check, subject_of
from marketer_desktop.domain.checks.report import acceptable, report
from marketer_desktop.domain.headlines import Headline, ranked
from marketer_desktop.domain.internal_links import SitePage
from marketer_desktop.domain.outline import OutlineSection
from marketer_desktop.domain.piece import Piece, Source
from marketer_desktop.domain.plain import plain_text
from marketer_desktop.domain.words import count_words
from marketer_desktop.events.run_event import PROGRESS, Step
from marketer_desktop.knowledge.retriever import ChunkRetriever
from marketer_desktop.llm.budget import check_budget
from marketer_desktop.llm.factory import OpenModel
from marketer_desktop.llm.places import Guest
from marketer_desktop.observability.logs import log
from marketer_desktop.observability.request_context import request_context
from marketer_desktop.publishing.files import write_piece
from marketer_desktop.publishing.html import to_html
from marketer_desktop.publishing.mail import mail, mail_page
from marketer_desktop.publishing.rendering import render
from marketer_desktop.services.activity_report import own_run
from marketer_desktop.services.activity_text import keep_generated
from marketer_desktop.services.agent_problems import AgentsLeft
from marketer_desktop.services.allowance import RanTooLong, allowance
from marketer_desktop.services.brand_summary import brand_summary
from marketer_desktop.services.model_answers import writer_of
from marketer_desktop.services.overlong_run import end_overlong
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.planned_outline import APPROVED, REVIEW
from marketer_desktop.services.queue_run import REQUEST
from marketer_desktop.services.restore_index import completed_index
from marketer_desktop.services.run_forecast import forecast
from marketer_desktop.services.run_journal import RunJournal, read_brief
from marketer_desktop.services.run_model import go_on_without_agents, model_of_run, open_run_model
from marketer_desktop.services.run_notices import notify_complete, notify_failed, notify_outline
from marketer_desktop.services.run_usage import count_late
from marketer_desktop.services.text_score import with_score
from marketer_desktop.storage.checkpoints import open_checkpointer
from marketer_desktop.storage.full_disk import DiskIsFull, is_full_disk
from marketer_desktop.storage.lease import take_lease
from marketer_desktop.storage.outage import is_outage
from marketer_desktop.storage.repositories.runs import RunIsOver
from marketer_desktop.storage.unit_of_work import UnitOfWork
from marketer_desktop.workflow.context import RunContext
from marketer_desktop.workflow.ledger import Ledger, RunIdentity
from marketer_desktop.workflow.model_calls import ModelCalls, RunModel
from marketer_desktop.workflow.progress import RunProgress
from marketer_desktop.workflow.prompts import instructions
from marketer_desktop.workflow.runner import run_graph, waits

PASSAGES = 8  # for each query
PASSAGES_PER_DOCUMENT = 2
BRAND_TOKENS = 60
LEASE_SECONDS = 10.0  # a run that was cancelled or has failed takes a moment to let go
LEASE_POLL = 0.05


@dataclass(frozen=True)
class Run:
    """One run as it is stored."""

    identity: RunIdentity
    project_id: int
    brief: Brief
    model: str  # empty until it is chosen
    approved: list[dict[str, Any]] | None  # the outline, once somebody has approved it
    told: set[str]  # the steps whose ends are written down


class _Journalist:
    """Writes steps into the journal: event and readable state in one transaction."""

    def __init__(self, journal: RunJournal, run: Run) -> None:
        self._journal, self._run = journal, run

    async def started(self, step: Step) -> None:
        log.info("%s begins", step)
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
        log.info("%s has ended after %d ms", step, duration_ms)


async def run_activity(parts: Parts, activity_id: int) -> None:
    """Run an activity to its end. A second runner of the same one leaves.

    A failure is kept with its message; being cancelled, or cut off by the database, leaves the run
    as it stands, to be taken up again.
    """
    async with open_checkpointer(parts.database_url) as saver:
        if not await _lease(saver.conn, activity_id):
            return
        run = await _load(parts, activity_id)
        log.info("a run begins")
        parts.bus.changed("activities")  # it waits no more; the first event may take a while
        journal = RunJournal(parts.database, parts.bus, activity_id)
        try:
            named = await model_of_run(parts, run.identity, run.model, journal.tell_why)
            run = replace(run, model=named)
            limit = parts.settings.seconds_for(run.model)
            async with aclosing(await open_run_model(parts, run.identity, run.model)) as model:
                guest = parts.models.places(model).guest()
                retriever = await _retriever(parts, run)
                async with allowance(limit, lambda: guest.kept_waiting or model.waits()):
                    context = await _context(parts, run, journal, model, guest, retriever)
                    thread = str(run.identity.run_id)
                    observer = _Journalist(journal, run)
                    state = await run_graph(
                        context, saver, thread, observer, run.approved, run.told
                    )
            if waits(state):
                await _await_review(journal)
            else:
                await _keep(parts, run, journal, state, context.voice)
        except RanTooLong:
            log.warning("run took too long", extra={"activity_id": activity_id})
            await end_overlong(journal, run.model, limit)
        except AgentsLeft:
            log.warning("a run goes on without agents", extra={"activity_id": activity_id})
            await go_on_without_agents(parts, activity_id)
        except RunIsOver:
            log.info("run was ended by somebody else", extra={"activity_id": activity_id})
            await count_late(parts.database, activity_id)
        except Exception as error:
            if is_outage(error):  # a database that is back at once would note a failure
                log.warning("run cut off by the database", extra={"activity_id": activity_id})
                return
            if is_full_disk(error):  # it can be resumed, as soon as there is room
                error = DiskIsFull()
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
        request_context.set({**state.get(REQUEST, {}), "activity_id": activity_id})
        # A run that is cut off before its first event can be told from one that waits.
        await work.activities.set_run(row.id, {**state, "begun": state.get("job")})
        await work.commit()
        identity = RunIdentity(activity_id, place.organization_id, UUID(state["run_id"]))
        brief = read_brief(row.brief)
        steps = await work.steps.of_activity(activity_id)
        told = {step.step for step in steps if step.run_id == identity.run_id}
        named = state["model"] or ""
        return Run(identity, place.project_id, brief, named, state.get(APPROVED), told)


async def _context(
    parts: Parts,
    run: Run,
    journal: RunJournal,
    model: OpenModel,
    guest: Guest,
    retriever: ChunkRetriever | None,
) -> RunContext:
    ledger = Ledger(parts.database, run.identity)
    progress = RunProgress(journal.tell, await forecast(parts, run.brief, model.choice))
    calls = ModelCalls(_run_model(parts, model, guest), ledger, progress)
    brand = await _brand(parts, run, calls)
    return RunContext(
        brief=run.brief,
        calls=calls,
        ledger=ledger,
        progress=progress,
        embeddings=parts.embeddings,
        retriever=retriever,
        voice=await _voice(parts, run, brand),
        brand=brand.line(),
        agreed=_agreed(run),
        pages=await _pages(parts, run),
    )


async def _pages(parts: Parts, run: Run) -> list[SitePage]:
    """The pages of the project's site, for texts that have links."""
    if run.brief.type not in LONG_FORM:
        return []
    async with parts.database.unit_of_work() as work:
        rows = await work.site_pages.list(run.project_id)
    return [SitePage(url=row.url, title=row.title) for row in rows]


def _agreed(run: Run) -> list[str]:
    sections = [OutlineSection(**section) for section in run.approved or []]
    return [text for section in sections for text in (section.heading, *section.points) if text]


async def _brand(parts: Parts, run: Run, calls: ModelCalls) -> BrandSummary:
    """What the brand documents say; a model is asked only where they are new."""

    async def ask(prompt: tuple[str, str], node: str) -> str:
        return await calls.ask("content_research", node, prompt, BRAND_TOKENS)

    identity = run.identity
    return await brand_summary(parts, identity.organization_id, run.project_id, run.model, ask)


async def _voice(parts: Parts, run: Run, brand: BrandSummary) -> BrandVoice:
    """The project's voice; what it leaves open, the brand documents say."""
    async with parts.database.unit_of_work() as work:
        project = await work.projects.get(run.identity.organization_id, run.project_id)
    voice = BrandVoice.model_validate((project and project.brand_voice) or {})
    return brand.joined(voice).allowing([run.brief.topic, *run.brief.keywords])


def _run_model(parts: Parts, model: OpenModel, guest: Guest) -> RunModel:
    return RunModel(
        write=writer_of(parts, model).write,
        provider=model.choice.provider,
        name=model.choice.name,
        context_tokens=model.context_tokens,
        place=guest.place,
        check_budget=check_budget,
        small=model.choice.is_small,
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


async def _keep(
    parts: Parts, run: Run, journal: RunJournal, state: dict[str, Any], voice: BrandVoice
) -> None:
    """Check the piece, write its files, and end the run in one transaction."""
    piece = Piece(**state["piece"])
    sources = [Source(**source) for source in state["sources"]]
    subject = subject_of(run.brief, piece, sources, voice=voice, prompts=instructions())
    checks = await asyncio.to_thread(report, subject)
    status = "completed" if acceptable(checks) else "needs_attention"
    text = render(run.brief.type, piece, sources)
    folder = parts.data_dir / "content" / str(run.identity.activity_id)
    is_mail = run.brief.type is ContentType.EMAIL
    page = (
        mail_page(piece, run.brief.language)
        if is_mail
        else to_html(text, piece.title, piece.description, run.brief.language)
    )
    kept = {"checks": [check.model_dump() for check in checks]}
    message = mail(piece, run.brief.language) if is_mail else None
    path = write_piece(folder, text, page, kept, message)
    seo = {key: value for key, value in state["seo"].items() if key != "headlines"}
    content = {
        "final_content": text,
        "piece": state["piece"],
        "headlines": _headlines(state, piece),
        "seo_data": {
            **seo,
            "title": piece.title,
            "slug": piece.slug,
            "meta_description": piece.description,
        },
        "research_sources": [
            s.model_dump(exclude={"heading"}) for s in sources if s.n in piece.cited()
        ],
        "social_variants": _variants(run.brief, piece),
        "metadata": {
            "word_count": count_words(subject.body),
            "title": piece.title,
            "path": str(path),
        },
    }
    # Before the transaction, which others wait for.
    scored = await asyncio.to_thread(with_score, content, run.brief.type, run.brief.language)
    save = partial(_save, run=run, content=scored, checks=checks, status=status)
    await journal.end("complete", {"status": status}, save)


def _headlines(state: dict[str, Any], piece: Piece) -> list[dict[str, Any]]:
    """The headlines with the title that the piece ended up with as the first."""
    kept = [Headline(**headline) for headline in state["seo"]["headlines"]]
    others = [headline.text for headline in kept if headline.text != piece.title]
    found = ranked(piece.title, others, state["seo"]["keyphrase"])
    return [headline.model_dump() for headline in found]


def _variants(brief: Brief, piece: Piece) -> dict[str, str]:
    """Posts of a long form; what a mailbox shows of a mail, and its plain text."""
    if brief.type is ContentType.EMAIL:
        return {
            "subject": piece.title,
            "preview": piece.preview,
            "plain": plain_text(piece),
        }
    return piece.variants


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
    await work.activities.save_content(
        identity.activity_id,
        content=content,
        report={"checks": [check.model_dump() for check in checks]},
        status=status,
        tokens=sum(execution.tokens_total for execution in executions),
        duration_ms=sum(int(event.data.get("duration_ms", 0)) for event in events),
    )
    await notify_complete(work, identity.activity_id, checks)


async def _await_review(journal: RunJournal) -> None:
    """Leave the run as it stands, until somebody has approved its outline."""

    async def mark(work: UnitOfWork) -> None:
        row = await work.activities.get(journal.activity_id)
        state = (row.workflow_state or {}) if row else {}
        await work.activities.set_run(journal.activity_id, {**state, REVIEW: "outline"})
        await notify_outline(work, journal.activity_id)

    await journal.wait("writing", PROGRESS["research"], {"for": "outline"}, mark)


async def _fail(journal: RunJournal, message: str) -> None:
    async def mark(work: UnitOfWork) -> None:
        await work.activities.set_status(journal.activity_id, "failed", message)
        await notify_failed(work, journal.activity_id, message)

    await journal.end("failed", {"message": message}, mark)
