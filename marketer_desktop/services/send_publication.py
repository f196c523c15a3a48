"""Sends what is due: written down before, looked up before it is made, and once at a time."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from marketer_desktop.domain.activity_status import may_become
from marketer_desktop.domain.publishing import (
    KEEPS_TIME,
    MOST_ATTEMPTS,
    pause_after,
    web_address,
)
from marketer_desktop.observability.logs import log
from marketer_desktop.publishing.sites.post import Order, Placed, Post, Site, Steps
from marketer_desktop.publishing.sites.problems import SiteProblem
from marketer_desktop.services.activity_text import (
    content_folder,
    markdown_of,
    revision_of,
)
from marketer_desktop.services.open_site import open_site
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.publication_notices import notify_outcome
from marketer_desktop.services.publication_post import post_of
from marketer_desktop.storage.document_leases import Taken
from marketer_desktop.storage.repositories.publications import ListedPublication
from marketer_desktop.storage.tables import ActivityRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

Tell = Callable[[int, int], None]
LOOK_AFTER = timedelta(minutes=1)  # that a site has for its own clock
HEAD_START = timedelta(minutes=3)  # Ghost wants two
NO_TEXT = "This text was emptied. Write it first."
NOT_READY = "This text is no longer approved. Approve it, then publish it again."
AWAY = "This text lies in the archive. Take it out, then publish it again."


async def send_publication(parts: Parts, publication_id: int, tell: Tell) -> bool:
    """One attempt, if it is due; False if somebody else makes it. What comes is written down."""
    async with parts.publisher.place():
        try:
            # Gone with its process, so whoever dies while sending is followed by the next.
            lease = parts.database.documents.alone_with(f"publication {publication_id}", 0)
            async with lease:
                await _send(parts, publication_id, tell)
        except Taken:
            return False
    parts.bus.changed("publishing", "activities")
    return True


async def _send(parts: Parts, publication_id: int, tell: Tell) -> None:
    listed = await _begun(parts, publication_id)
    if listed is None:
        return
    try:
        placed, revision = await _placed(parts, listed, tell)
    except SiteProblem as problem:
        await _note_problem(parts, listed, problem)
    else:
        await _note_placed(parts, listed, placed, revision)


async def _begun(parts: Parts, publication_id: int) -> ListedPublication | None:
    """The publication, if it is due; that an attempt begins is kept before anything is sent."""
    async with parts.database.unit_of_work() as work:
        due = await work.publications.due(datetime.now(UTC))
        listed = await work.publications.get(publication_id)
        if listed is None or publication_id not in due:
            return None
        values: dict[str, Any] = {"attempts": listed.row.attempts + 1}
        near = _is_near(listed)
        if near:  # too near for the site to keep it: it is sent at its time
            values = {"due_at": listed.row.publish_at}
        await work.publications.change(publication_id, values)
        await work.commit()
    return None if near else listed


def _is_near(listed: ListedPublication) -> bool:
    at = listed.row.publish_at
    if at is None or listed.row.state == "scheduled" or listed.target.kind not in KEEPS_TIME:
        return False
    return timedelta() < at - datetime.now(UTC) < HEAD_START


async def _placed(parts: Parts, listed: ListedPublication, tell: Tell) -> tuple[Placed, int | None]:
    """How the post stands at its site, and the text's revision if that was sent now."""
    row = listed.row
    site = await open_site(parts, listed.target)
    try:
        if row.state == "scheduled" and row.remote_id is not None:
            placed = await site.look(row.remote_id)
            if not _was_missed(placed):
                return placed, row.revision
        return await _sent(parts, listed, site, tell), revision_of(listed.activity)
    finally:
        await site.close()


def _was_missed(placed: Placed) -> bool:
    """Whether a site has let the time pass; its people may have chosen another one."""
    late = placed.at is None or placed.at <= datetime.now(UTC)
    return placed.stands == "scheduled" and late


async def _sent(parts: Parts, listed: ListedPublication, site: Site, tell: Tell) -> Placed:
    row = listed.row
    _refuse_unready(listed)
    post = await asyncio.to_thread(_post, parts, listed)

    async def keep(remote_id: str) -> None:
        async with parts.database.unit_of_work() as work:
            await work.publications.change(row.id, {"remote_id": remote_id})
            await work.commit()

    ahead = row.publish_at is not None and row.publish_at > datetime.now(UTC)
    order = Order(
        key=row.key,
        number=row.orders,
        as_draft=row.as_draft,
        at=row.publish_at if ahead else None,
        placed=row.remote_id,
    )
    return await site.send(post, order, Steps(tell, keep))


def _post(parts: Parts, listed: ListedPublication) -> Post:
    row = listed.row
    folder = content_folder(parts.data_dir, listed.activity.id)
    try:
        return post_of(
            listed.activity,
            folder,
            slug=row.slug,
            tags=row.tags,
            categories=row.categories,
            image=row.image,
        )
    except OSError as error:
        raise SiteProblem("text", f"An image of this text cannot be read: {error}.") from error


def _refuse_unready(listed: ListedPublication) -> None:
    """What was ordered long ago may not be meant any more."""
    activity = listed.activity
    if not markdown_of(activity).strip():
        raise SiteProblem("text", NO_TEXT)
    if activity.status == "archived":
        raise SiteProblem("text", AWAY)
    if not listed.row.as_draft and not may_be_published(activity):
        raise SiteProblem("text", NOT_READY)


def may_be_published(activity: ActivityRow) -> bool:
    """Whether its status lets a text become public, or stay so."""
    return activity.status == "published" or may_become(activity.status, "published")


async def _note_placed(
    parts: Parts, listed: ListedPublication, placed: Placed, revision: int | None
) -> None:
    async with parts.database.unit_of_work() as work:
        activity = await work.activities.locked(listed.activity.id)
        row = await work.publications.of(listed.activity.id, listed.target.id)
        if activity is None or row is None:  # the text was deleted meanwhile
            return
        values: dict[str, Any] = {
            "remote_id": placed.id,
            "url": placed.url,
            "notes": list(placed.notes),
            "revision": revision,
        }
        if row.orders == listed.row.orders:  # else something else was ordered since
            values |= {"cause": None, "problem": None, "attempts": 0}
            values |= await _standing(work, listed, placed, activity)
        await work.publications.change(row.id, values)
        await work.commit()


async def _standing(
    work: UnitOfWork, listed: ListedPublication, placed: Placed, activity: ActivityRow
) -> dict[str, Any]:
    """The columns that say how the post stands; a public one is noted with its text."""
    if placed.stands == "draft":
        return {"state": "draft", "due_at": None}
    if placed.stands == "scheduled":
        at = placed.at or listed.row.publish_at or datetime.now(UTC)
        return {"state": "scheduled", "publish_at": at, "due_at": at + LOOK_AFTER}
    await work.activities.note_published(activity.id, web_address(placed.url))
    details = {"target": listed.target.name, "url": placed.url}
    await work.audit.record(
        listed.row.requested_by,
        listed.target.organization_id,
        "activity.published",
        "activity",
        activity.id,
        details,
    )
    if listed.row.publish_at is not None:
        await notify_outcome(work, listed, "")
    now = listed.row.published_at or datetime.now(UTC)
    return {"state": "published", "due_at": None, "published_at": now}


async def _note_problem(parts: Parts, listed: ListedPublication, problem: SiteProblem) -> None:
    attempts = listed.row.attempts + 1
    log.info("a text was not published: %s", problem, extra={"activity_id": listed.activity.id})
    async with parts.database.unit_of_work() as work:
        row = await work.publications.of(listed.activity.id, listed.target.id)
        if row is None or row.orders != listed.row.orders:
            return
        values: dict[str, Any] = {"cause": problem.cause, "problem": str(problem)}
        if problem.passes and (attempts < MOST_ATTEMPTS or row.state == "scheduled"):
            pause = max(pause_after(attempts), problem.wait or 0.0)
            values["due_at"] = datetime.now(UTC) + timedelta(seconds=pause)
        else:
            values |= {"state": "failed", "due_at": None, "attempts": 0}
            if row.publish_at is not None:
                await notify_outcome(work, listed, str(problem))
        await work.publications.change(row.id, values)
        await work.commit()
    parts.publisher.wake()
