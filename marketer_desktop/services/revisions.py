"""The revisions of a text: list, show, compare and restore them."""

import asyncio
from datetime import datetime

from pydantic import BaseModel

from marketer_desktop.domain.comparison import Change, compared
from marketer_desktop.services.activities import existing
from marketer_desktop.services.activity_text import keep_first, locked, revision_of
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.content import SaveContent, Saved, StaleText, store_text
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import NotFound
from marketer_desktop.storage.tables import ActivityRevisionRow
from marketer_desktop.storage.unit_of_work import UnitOfWork


class RevisionEntry(BaseModel):
    """One line of the list; `by` is the writer's name, None where nobody gave one."""

    number: int
    reason: str
    title: str | None
    word_count: int
    at: datetime
    by: str | None


class RevisionList(BaseModel):
    """Newest first; the first one is the text as it stands."""

    revisions: list[RevisionEntry]


class RevisionText(RevisionEntry):
    """A revision with its text."""

    markdown: str


class Comparison(BaseModel):
    """The way from one revision to the other, in runs of text."""

    a: int
    b: int
    changes: list[Change]


class ListRevisions(Call[RevisionList]):
    """Which revisions an activity has."""

    activity_id: int


class ShowRevision(Call[RevisionText]):
    """One revision's text."""

    activity_id: int
    number: int


class DiffRevisions(Call[Comparison]):
    """What was added and removed from revision `a` to revision `b`."""

    activity_id: int
    a: int
    b: int


class RestoreRevision(Call[Saved]):
    """Make an old revision the text again; that is a new revision, and none is lost.

    Without a `base_revision` it does not matter which text is replaced.
    """

    activity_id: int
    number: int
    base_revision: int | None = None


async def list_revisions(call: ListRevisions, parts: Parts, emit: Emit) -> RevisionList:
    """All revisions; a text from before there were any gets its first one."""
    async with parts.database.unit_of_work() as work:
        await existing(work, call.activity_id)
        await keep_first(work, await locked(work, call.activity_id))
        rows = await work.revisions.list(call.activity_id)
        await work.commit()
    return RevisionList(revisions=[_entry(row, name) for row, name in rows])


def _entry(row: ActivityRevisionRow, by: str | None) -> RevisionEntry:
    return RevisionEntry(
        number=row.number,
        reason=row.reason,
        title=row.title,
        word_count=row.word_count,
        at=row.created_at,
        by=by,
    )


async def show_revision(call: ShowRevision, parts: Parts, emit: Emit) -> RevisionText:
    """The revision with its text."""
    async with parts.database.unit_of_work() as work:
        await existing(work, call.activity_id)
        row = await _revision(work, call.activity_id, call.number)
    return RevisionText(**_entry(row, None).model_dump(), markdown=row.markdown)


async def _revision(work: UnitOfWork, activity_id: int, number: int) -> ActivityRevisionRow:
    row = await work.revisions.get(activity_id, number)
    if row is None:
        raise NotFound(f"There is no revision {number} of this text.")
    return row


async def diff_revisions(call: DiffRevisions, parts: Parts, emit: Emit) -> Comparison:
    """Compare two revisions."""
    async with parts.database.unit_of_work() as work:
        await existing(work, call.activity_id)
        old = await _revision(work, call.activity_id, call.a)
        new = await _revision(work, call.activity_id, call.b)
    changes = await asyncio.to_thread(compared, old.markdown, new.markdown)
    return Comparison(a=call.a, b=call.b, changes=changes)


async def restore_revision(call: RestoreRevision, parts: Parts, emit: Emit) -> Saved:
    """Store the old text as the newest one. Raises `StaleText` as a save does."""
    async with parts.database.unit_of_work() as work:
        await existing(work, call.activity_id)
        row = await locked(work, call.activity_id)
        if call.base_revision not in (None, revision_of(row)):
            raise StaleText(
                "Not restored: this text was changed elsewhere since you opened it. Open it again."
            )
        old = await _revision(work, call.activity_id, call.number)
        save = SaveContent(
            activity_id=row.id,
            markdown=old.markdown,
            title=old.title,
            base_revision=revision_of(row),
            reason="restored",
        )
        saved = await store_text(work, parts, row, save)
        await work.commit()
    parts.bus.changed("activities")
    return saved
