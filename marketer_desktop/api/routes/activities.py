"""Activities: the pieces of content, found by what they are and where they lie."""

from typing import Annotated

from fastapi import Query
from pydantic import StrictBool

from marketer_desktop.api.asking import AsMember
from marketer_desktop.api.briefs import BriefAsked, Language, OfABrief
from marketer_desktop.api.parameters import Id
from marketer_desktop.api.router import EnvelopeRouter
from marketer_desktop.domain.activity_status import Status
from marketer_desktop.domain.brief import Audience, Keywords, SeoPriority, Tone, Topic, Words
from marketer_desktop.domain.whole_numbers import WholeNumber
from marketer_desktop.services.activity_page import (
    ActivityPage,
    ActivitySheet,
    ShowActivityPage,
    ShowActivitySheet,
)
from marketer_desktop.services.change_status import ArchiveActivity
from marketer_desktop.services.create_activity import CreateActivity
from marketer_desktop.services.update_activity import UpdateActivity

router = EnvelopeRouter(prefix="/api/activities", tags=["activities"])


class ActivityChanges(OfABrief):
    """The status it shall have, and what its next text shall be about; null leaves it alone."""

    status: Status | None = None
    topic: Topic | None = None
    keywords: Keywords | None = None
    tone: Tone | None = None
    target_audience: Audience | None = None
    target_word_count: Words | None = None
    language: Language | None = None
    document_ids: list[WholeNumber] | None = None
    seo_priority: SeoPriority | None = None
    only_documents: StrictBool | None = None
    review_outline: StrictBool | None = None


@router.post("", status_code=201)
async def create_activity(asked: BriefAsked, who: AsMember) -> ActivitySheet:
    """A draft for a brief; `POST /api/workflows/execute` with its number has it written."""
    made = await who.call(CreateActivity(**asked.in_our_words()))
    return await who.call(ShowActivitySheet(activity_id=made.activity_id))


@router.get("")
async def list_activities(
    asked: Annotated[ShowActivityPage, Query()], who: AsMember
) -> ActivityPage:
    """The activities, the last touched first."""
    return await who.call(asked)


@router.get("/{activity_id}")
async def show_activity(activity_id: Id, who: AsMember) -> ActivitySheet:
    """All about one activity but its text."""
    return await who.call(ShowActivitySheet(activity_id=activity_id))


@router.patch("/{activity_id}")
async def update_activity(activity_id: Id, asked: ActivityChanges, who: AsMember) -> ActivitySheet:
    """Move it on (to review, approved, published, out of the archive), or change its brief."""
    await who.call(UpdateActivity(activity_id=activity_id, **asked.in_our_words()))
    return await who.call(ShowActivitySheet(activity_id=activity_id))


@router.delete("/{activity_id}")
async def archive_activity(activity_id: Id, who: AsMember) -> ActivitySheet:
    """Put it into the archive; nothing is deleted."""
    await who.call(ArchiveActivity(activity_id=activity_id))
    return await who.call(ShowActivitySheet(activity_id=activity_id))
