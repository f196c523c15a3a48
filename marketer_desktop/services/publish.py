"""Publish a text: see what would be sent, have it sent or scheduled, and send it again."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from pydantic import AwareDatetime, BaseModel, Field

from marketer_desktop.domain.publishing import KEEPS_TIME, SOON
from marketer_desktop.publishing.html import to_html
from marketer_desktop.publishing.sites.inline_images import pictures_of, with_pictures_inside
from marketer_desktop.services.activities import existing
from marketer_desktop.services.activity_text import (
    content_folder,
    locked,
    markdown_of,
    metadata_of,
)
from marketer_desktop.services.call import Call, Emit, WrongUse
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.publication_post import post_of, usual_slug
from marketer_desktop.services.publications import (
    Publication,
    listed_publication,
    publication_entry,
)
from marketer_desktop.services.publishing_targets import existing_target
from marketer_desktop.services.refusals import Conflict, NotFound, Unfit
from marketer_desktop.services.send_publication import (
    HEAD_START,
    may_be_published,
    send_publication,
)
from marketer_desktop.services.storable import RowNumber
from marketer_desktop.storage.tables import ActivityRow, PublicationRow, PublishingTargetRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
MOST_NAMES = 30
OTHERS_SECONDS = 0.2  # until what another sends is looked at again
NO_TEXT = "This text is empty. Write it first."
NOT_APPROVED = "Approve the text first; a draft of it can be saved at the site as it is."
OTHER_PROJECT = "“{name}” belongs to another project than this text."
THERE_ALREADY = "This text is published at “{name}” already. Update the post there instead."
NO_DRAFT = "What is public is not made a draft again from here."
PAST = "This time is past. Choose a later one, or publish at once."


class Preview(BaseModel):
    """What would be sent: `page` is the text as HTML with its images, `images` their paths.

    `why_not` says why it cannot be published yet, if so; `publication` how it stands at the target.
    """

    title: str
    slug: str
    description: str
    tags: list[str]
    images: list[str]
    page: str
    word_count: int
    keeps_time: bool
    why_not: str
    publication: Publication | None


class PreviewPublication(Call[Preview]):
    """See a text as a target would get it; nothing is sent."""

    activity_id: RowNumber
    target_id: RowNumber


class Publish(Call[Publication]):
    """Send a text to a target, by its number or by its name in the text's project.

    It is public at once or `publish_at` a time, or a draft there. `update` sends the text as it
    stands now to the post that is public already. What is None is as in the text, or as it was sent
    before; `image` is the path of the one that stands for the whole, empty for none.
    """

    activity_id: RowNumber
    target_id: RowNumber | None = None
    target: str | None = None
    publish_at: AwareDatetime | None = None
    as_draft: bool = False
    update: bool = False
    slug: str | None = Field(default=None, max_length=200, pattern=SLUG)
    tags: list[str] | None = Field(default=None, max_length=MOST_NAMES)
    categories: list[str] | None = Field(default=None, max_length=MOST_NAMES)
    image: str | None = None


async def preview_publication(call: PreviewPublication, parts: Parts, emit: Emit) -> Preview:
    """The text with what goes with it."""
    async with parts.database.unit_of_work() as work:
        row = await existing(work, call.activity_id)
        target = await existing_target(work, call.target_id)
        await _refuse_foreign(work, row, target)
        found = [e for e in await work.publications.of_activity(row.id) if e.target.id == target.id]
        await work.commit()
    known = publication_entry(found[0]) if found else None
    return await asyncio.to_thread(_preview, parts, row, target.kind, known)


def _preview(parts: Parts, row: ActivityRow, kind: str, known: Publication | None) -> Preview:
    folder = content_folder(parts.data_dir, row.id)
    slug, tags = usual_slug(row), list(row.keywords or [])
    post = post_of(row, folder, slug=slug, tags=tags, categories=[], image=None)
    page = to_html(markdown_of(row), post.title, post.description, post.language)
    sent = known is not None and known.state != "cancelled"
    return Preview(
        title=post.title,
        slug=known.slug if known and sent else slug,
        description=post.description,
        tags=known.tags if known and sent else tags,
        images=[each.path for each in post.pictures],
        page=with_pictures_inside(page, pictures_of(page, folder)),
        word_count=metadata_of(row).get("word_count", 0),
        keeps_time=kind in KEEPS_TIME,
        why_not=_why_not(row),
        publication=known,
    )


async def publish(call: Publish, parts: Parts, emit: Emit) -> Publication:
    """Write the order down, then send it, unless its time is yet to come.

    What fails is told in the publication; what may pass is tried again, here for some seconds and
    then in the background. Raises `Conflict` if it cannot be ordered.
    """
    async with parts.database.unit_of_work() as work:
        activity = await existing(work, call.activity_id)
        target = await _target(work, call, activity)
        _refuse_unfit(call, activity)
        await locked(work, activity.id)  # two orders at once are one after the other
        row = await work.publications.of(activity.id, target.id)
        if row is None:
            member = await work.workspaces.member()
            values = {**_ordered(call, activity, target, None), "requested_by": member.user_id}
            begun = {"activity_id": activity.id, "target_id": target.id}
            row = await work.publications.add({**begun, **values})
        else:
            _refuse_twice(call, row, target)
            row = await work.publications.change(row.id, _ordered(call, activity, target, row))
        await work.commit()
    parts.bus.changed("publishing")
    parts.publisher.wake()
    return await _followed(parts, row.id, emit)


async def _followed(parts: Parts, publication_id: int, emit: Emit) -> Publication:
    """The publication once it was sent, or once it is clear that it will take its time."""

    def tell(step: int, of: int) -> None:
        emit({"kind": "publishing", "step": step, "of": of})

    while True:
        told = await _told(parts, publication_id)
        seconds = (told.due_at - datetime.now(UTC)).total_seconds() if told.due_at else SOON
        if told.state != "waiting" or seconds >= SOON:
            return told
        await asyncio.sleep(max(seconds, 0.0))
        if not await send_publication(parts, publication_id, tell):
            await asyncio.sleep(OTHERS_SECONDS)


async def _told(parts: Parts, publication_id: int) -> Publication:
    async with parts.database.unit_of_work() as work:
        return publication_entry(await listed_publication(work, publication_id))


async def _target(work: UnitOfWork, call: Publish, activity: ActivityRow) -> PublishingTargetRow:
    if call.target_id is not None:
        found = await existing_target(work, call.target_id)
        await _refuse_foreign(work, activity, found)
        return found
    if call.target is None:
        raise WrongUse("Say where to: name a target.")
    project_id, project, _ = await work.activities.filed_under(activity.id)
    named = await work.publishing_targets.named(project_id, call.target)
    if named is None:
        raise NotFound(f"The project “{project}” has no publishing target “{call.target}”.")
    return named


async def _refuse_foreign(
    work: UnitOfWork, activity: ActivityRow, target: PublishingTargetRow
) -> None:
    project_id, _, _ = await work.activities.filed_under(activity.id)
    if project_id != target.project_id:
        raise Conflict(OTHER_PROJECT.format(name=target.name))


def _refuse_unfit(call: Publish, activity: ActivityRow) -> None:
    if call.publish_at is not None and call.publish_at <= datetime.now(UTC):
        raise Unfit(PAST)
    if call.as_draft and call.publish_at is not None:
        raise Unfit("A draft has no time of its own: publish at a time, or save a draft.")
    why_not = _why_not(activity, as_draft=call.as_draft)
    if why_not:
        raise Conflict(why_not)


def _refuse_twice(call: Publish, row: PublicationRow, target: PublishingTargetRow) -> None:
    if row.published_at is None or row.cause == "gone":
        return
    if call.as_draft:
        raise Conflict(NO_DRAFT)
    if row.state == "published" and not call.update:
        raise Conflict(THERE_ALREADY.format(name=target.name))


def _why_not(row: ActivityRow, *, as_draft: bool = False) -> str:
    if not markdown_of(row).strip():
        return NO_TEXT
    return "" if as_draft or may_be_published(row) else NOT_APPROVED


def _ordered(
    call: Publish, activity: ActivityRow, target: PublishingTargetRow, row: PublicationRow | None
) -> dict[str, Any]:
    """The columns of the order; the same one while it waits is no other one."""
    now = datetime.now(UTC)
    kept = target.kind in KEEPS_TIME and (call.publish_at or now) - now > HEAD_START
    known = row if row is not None and row.state != "cancelled" else None
    asked = {
        "as_draft": call.as_draft,
        "publish_at": call.publish_at,
        "slug": call.slug or (known.slug if known else usual_slug(activity)),
        "tags": _names(call.tags, known.tags if known else activity.keywords),
        "categories": _names(call.categories, known.categories if known else []),
        "image": (known.image if known else None) if call.image is None else call.image or None,
    }
    same = row is not None and row.state == "waiting" and _is(row, asked)
    order = {} if same else {"orders": row.orders + 1 if row else 1, "attempts": 0}
    anew = {"key": uuid4(), "remote_id": None, "published_at": None, "url": None}
    gone = anew if row is not None and row.cause == "gone" else {}
    due = now if kept or call.publish_at is None else call.publish_at
    return {
        **asked,
        **order,
        **gone,
        "state": "waiting",
        "due_at": due,
        "cause": None,
        "problem": None,
    }


def _is(row: PublicationRow, asked: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in asked.items())


def _names(given: list[str] | None, known: list[str] | None) -> list[str]:
    """Without blanks around them, each once."""
    words = (" ".join(each.split()) for each in (known or [] if given is None else given))
    return list(dict.fromkeys(word for word in words if word))
