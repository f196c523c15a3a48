"""The content of an activity: open it with all that an editor shows, and save what was edited."""

import asyncio
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from marketer_desktop.domain.brief import Brief, ContentType, SeoPriority
from marketer_desktop.domain.checks.check import Check
from marketer_desktop.publishing.files import write_text
from marketer_desktop.publishing.html import to_html
from marketer_desktop.publishing.mail import mail, mail_page
from marketer_desktop.publishing.reading import read_piece
from marketer_desktop.services.activities import existing, status_of
from marketer_desktop.services.activity_report import own_run, step_reports
from marketer_desktop.services.activity_text import (
    content_folder,
    keep_first,
    keep_revision,
    locked,
    markdown_of,
    metadata_of,
    revision_of,
    words_in,
)
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Conflict
from marketer_desktop.services.run_costs import cost_of
from marketer_desktop.services.run_journal import read_brief
from marketer_desktop.services.text_score import with_score
from marketer_desktop.storage.lease import leased
from marketer_desktop.storage.tables import ActivityRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

DICTIONARY = "dictionary.txt"


class StaleText(Conflict):
    """Somebody or something else has changed the text since it was opened."""


class ContentSource(BaseModel):
    """A cited passage: its span in characters of the document, and the document's file."""

    n: int
    document: str
    document_id: int | None = None
    page: int | None
    start: int
    end: int
    text: str
    path: str | None = None


class ContentStep(BaseModel):
    """What one step of the last run took."""

    name: str
    duration_ms: int
    tokens: int


class Headline(BaseModel):
    """A title that was proposed, and its score of 100."""

    text: str
    score: int


class Content(BaseModel):
    """A text with all that is known about it; `revision` is the base of the next save.

    `folder` is where image paths in the Markdown begin, `dictionary` the file of the words that a
    person has added to the spelling. `run_status` may say `interrupted`; `cost_usd` is what the
    providers asked for, 0 for models on this machine.
    """

    activity_id: int
    type: str
    topic: str
    status: str
    run_status: str
    error: str | None
    title: str
    markdown: str
    description: str
    slug: str
    keyphrase: str
    keywords: list[str]
    words: int
    tone: str
    language: str
    seo_priority: SeoPriority
    headlines: list[Headline]
    revision: int
    word_count: int
    saved_at: datetime
    variants: dict[str, str]
    sources: list[ContentSource]
    checks: list[Check]
    steps: list[ContentStep]
    model: str | None
    tokens: int
    cost_usd: float
    folder: str
    dictionary: str
    project_id: int
    project: str
    campaign: str


class Saved(BaseModel):
    """The next save's base, and what the text counts now."""

    revision: int
    word_count: int
    saved_at: datetime


class OpenContent(Call[Content]):
    """The text of an activity as it stands."""

    activity_id: int


class SaveContent(Call[Saved]):
    """Keep an edited text; what is None stays as it is.

    `base_revision` is the revision that was edited. The reason `regenerated` keeps the text before
    as a revision of its own, whenever that was saved.
    """

    activity_id: int
    markdown: str
    base_revision: int
    title: str | None = Field(default=None, max_length=255)
    description: str | None = None
    slug: str | None = None
    keyphrase: str | None = None
    variants: dict[str, str] | None = None
    reason: Literal["edited", "regenerated", "restored"] = "edited"


async def open_content(call: OpenContent, parts: Parts, emit: Emit) -> Content:
    """Read the text; one from before there were revisions gets its first one."""
    queued = await parts.queue.waiting()
    async with parts.database.unit_of_work() as work:
        row = await existing(work, call.activity_id)
        if row.content is not None and await work.revisions.newest(row.id) is None:
            row = await locked(work, row.id)
            await keep_first(work, row)
            await work.commit()
        run_status = status_of(row, await leased(work.session), queued)
        return await _content(work, parts, row, run_status)


async def _content(work: UnitOfWork, parts: Parts, row: ActivityRow, run_status: str) -> Content:
    executions, events = own_run(
        row, await work.executions.of_activity(row.id), await work.run_events.after(row.id, 0)
    )
    stored, metadata = row.content or {}, metadata_of(row)
    seo, brief = stored.get("seo_data", {}), read_brief(row.brief)
    project_id, project, campaign = await work.activities.filed_under(row.id)
    return Content(
        activity_id=row.id,
        type=row.type,
        topic=row.topic,
        status=row.status,
        run_status=run_status,
        error=row.error_message,
        title=metadata.get("title") or "",
        markdown=markdown_of(row),
        description=seo.get("meta_description") or "",
        slug=seo.get("slug") or "",
        keyphrase=seo.get("keyphrase") or "",
        keywords=row.keywords or [],
        words=brief.words,
        tone=brief.tone,
        language=brief.language,
        seo_priority=brief.seo_priority,
        headlines=[Headline(**each) for each in stored.get("headlines", [])],
        revision=revision_of(row),
        word_count=metadata.get("word_count", 0),
        saved_at=row.updated_at,
        variants=stored.get("social_variants", {}),
        sources=await _sources(work, stored.get("research_sources", [])),
        checks=[Check(**check) for check in (row.report or {}).get("checks", [])],
        steps=[
            ContentStep(
                name=step.name,
                duration_ms=step.duration_ms,
                tokens=step.tokens_input + step.tokens_output,
            )
            for step in step_reports(executions, events)
        ],
        model=(row.workflow_state or {}).get("model"),
        tokens=sum(execution.tokens_total for execution in executions),
        cost_usd=float(sum(cost_of(execution) for execution in executions)),
        folder=str(content_folder(parts.data_dir, row.id)),
        dictionary=str(parts.data_dir / DICTIONARY),
        project_id=project_id,
        project=project,
        campaign=campaign,
    )


async def _sources(work: UnitOfWork, stored: list[dict[str, Any]]) -> list[ContentSource]:
    sources = [ContentSource(**source) for source in stored]
    for source in sources:
        row = await work.documents.get(source.document_id) if source.document_id else None
        source.path = row.file_path if row is not None else None
    return sources


async def save_content(call: SaveContent, parts: Parts, emit: Emit) -> Saved:
    """Store the text, keep a revision and rewrite the files, all or nothing.

    Raises `StaleText` if the stored text is not the one that was edited.
    """
    async with parts.database.unit_of_work() as work:
        await existing(work, call.activity_id)
        row = await locked(work, call.activity_id)
        if call.base_revision != revision_of(row):
            raise StaleText(
                "Not saved: this text was changed elsewhere since you opened it. Your version is "
                "still in this window."
            )
        saved = await store_text(work, parts, row, call)
        await work.commit()
    parts.bus.changed("activities")
    return saved


async def store_text(work: UnitOfWork, parts: Parts, row: ActivityRow, call: SaveContent) -> Saved:
    """Store what `call` says in the text of the locked `row`; the caller commits."""
    title = call.title if call.title is not None else metadata_of(row).get("title") or ""
    words = await asyncio.to_thread(words_in, row.type, call.markdown, title)
    member = await work.workspaces.member()
    await keep_first(work, row)
    is_new = await keep_revision(
        work,
        row.id,
        call.reason,
        title=title,
        markdown=call.markdown,
        word_count=words,
        user_id=member.user_id,
    )
    if is_new:  # a text saves itself every two seconds: one sitting is one entry
        await work.audit.record(
            member.user_id,
            member.organization_id,
            f"activity.text_{call.reason}",
            "activity",
            row.id,
        )
    edited = _edited(row, call, title, words)
    content = await asyncio.to_thread(with_score, edited, row.type, _language(row))
    page, message = _page_and_mail(row, call.markdown, title, content)
    folder = content_folder(parts.data_dir, row.id)
    # Before the commit: a full disk refuses the whole save, and the window says so.
    path = await asyncio.to_thread(write_text, folder, call.markdown, page, message)
    content["metadata"]["path"] = str(path)
    row = await work.activities.save_text(row.id, content)
    return Saved(revision=revision_of(row), word_count=words, saved_at=row.updated_at)


def _page_and_mail(
    row: ActivityRow, markdown: str, title: str, content: dict[str, Any]
) -> tuple[str, bytes | None]:
    """The text as HTML; for mails with its preview, and the message itself."""
    language = _language(row)
    if row.type != ContentType.EMAIL:
        description = content["seo_data"].get("meta_description") or ""
        return to_html(markdown, title, description, language), None
    piece = read_piece(ContentType.EMAIL, markdown, title)
    piece.preview = (content.get("social_variants") or {}).get("preview") or ""
    return mail_page(piece, language), mail(piece, language)


def _language(row: ActivityRow) -> str:
    return str((row.brief or {}).get("language") or Brief.model_fields["language"].default)


def _edited(row: ActivityRow, call: SaveContent, title: str, words: int) -> dict[str, Any]:
    """The stored content with the fields of `call` in it."""
    content = dict(row.content or {})
    wanted = {
        "meta_description": call.description,
        "slug": call.slug,
        "keyphrase": call.keyphrase,
        "title": call.title,
    }
    given = {name: value for name, value in wanted.items() if value is not None}
    counted = {"title": title, "word_count": words, "revision": revision_of(row) + 1}
    content["final_content"] = call.markdown
    content["seo_data"] = {**content.get("seo_data", {}), **given}
    content["metadata"] = {**metadata_of(row), **counted}
    if call.variants is not None:
        content["social_variants"] = call.variants
    return content
