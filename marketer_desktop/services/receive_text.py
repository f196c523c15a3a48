"""A text that was written on a desktop: kept like one that was edited here, with its sources."""

from typing import Any, get_args
from uuid import UUID

from pydantic import BaseModel, Field

from marketer_desktop.domain.activity_status import Status, may_become
from marketer_desktop.domain.sync import Entity
from marketer_desktop.services.activities import existing
from marketer_desktop.services.activity_text import locked, revision_of
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.change_status import move_on
from marketer_desktop.services.content import ContentSource, Headline, SaveContent, store_text
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Conflict
from marketer_desktop.services.sync_data import without_documents
from marketer_desktop.storage.repositories.activities import RUN_ENDED
from marketer_desktop.storage.tables import ActivityRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

STATUSES = get_args(Status)


class SearchEntry(BaseModel):
    """What search engines are told."""

    meta_description: str | None = None
    slug: str | None = None
    keyphrase: str | None = None


class TextMetadata(BaseModel):
    """What a text is called."""

    title: str | None = Field(default=None, max_length=255)


class DesktopText(BaseModel):
    """The content of an activity; what the server counts itself is not taken."""

    final_content: str
    seo_data: SearchEntry = Field(default_factory=SearchEntry)
    social_variants: dict[str, str] | None = None
    research_sources: list[ContentSource] = Field(default_factory=list)
    headlines: list[Headline] = Field(default_factory=list)
    metadata: TextMetadata = Field(default_factory=TextMetadata)


class ReceivedText(BaseModel):
    """The activity that has it now."""

    activity_id: int


class ReceiveText(Call[ReceivedText]):
    """What is None stays as it is; `revision` is what a new revision of the text is known by."""

    activity_id: int
    content: DesktopText | None = None
    report: dict[str, Any] | None = None
    status: Status | None = None
    revision: UUID | None = None


async def receive_text(call: ReceiveText, parts: Parts, emit: Emit) -> ReceivedText:
    """Raises `Conflict` while the text is being written here."""
    async with parts.database.unit_of_work() as work:
        await existing(work, call.activity_id)
        row = await locked(work, call.activity_id)
        if row.status == "generating":
            raise Conflict("This text is being written on the server. Wait until it is ready.")
        is_new = row.content is None
        if call.content is not None:
            await _store(work, parts, row, call.content, call.revision)
        if call.report is not None:
            await work.activities.keep_report(row.id, call.report)
        if call.status is not None:
            await _move(work, row, call.status, is_new)
        await work.commit()
    parts.bus.changed("activities")
    return ReceivedText(activity_id=call.activity_id)


async def _store(
    work: UnitOfWork, parts: Parts, row: ActivityRow, text: DesktopText, revision: UUID | None
) -> None:
    before = await work.revisions.newest(row.id)
    call = SaveContent(
        activity_id=row.id,
        markdown=text.final_content,
        base_revision=revision_of(row),
        title=text.metadata.title,
        description=text.seo_data.meta_description,
        slug=text.seo_data.slug,
        keyphrase=text.seo_data.keyphrase,
        variants=text.social_variants,
    )
    await store_text(work, parts, row, call)
    row = await locked(work, row.id)
    sources = [each.model_dump(exclude={"path"}) for each in text.research_sources]
    headlines = [each.model_dump() for each in text.headlines]
    more = {"research_sources": without_documents(sources), "headlines": headlines}
    await work.activities.save_text(row.id, {**(row.content or {}), **more})
    newest = await work.revisions.newest(row.id)
    is_new = newest is not None and (before is None or newest.id != before.id)
    if revision is not None and newest is not None and is_new:
        if await work.sync_rows.placed(Entity.REVISION, revision) is not None:
            raise Conflict("There is another revision of this sync_id. Give it a new one.")
        await work.sync_rows.identify(Entity.REVISION, newest.id, revision)


async def _move(work: UnitOfWork, row: ActivityRow, status: Status, is_new: bool) -> None:
    """A run's end that happened elsewhere is taken as it is; people's decisions as always."""
    ended = status in RUN_ENDED and row.status in ("draft", *RUN_ENDED)
    if is_new and not may_become(row.status, status):
        await work.activities.move_to(row.id, status)
    elif ended and row.status != status:
        await work.activities.set_status(row.id, status)
    else:
        await move_on(work, row, status)
