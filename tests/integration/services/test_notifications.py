"""Notifications: told at the end of a run, counted while unread, marked once."""

import asyncio

from marketer_desktop.domain.brief import Brief
from marketer_desktop.domain.checks.check import Check
from marketer_desktop.events.change import Change
from marketer_desktop.services.generate_content import GenerateContent, generate_content
from marketer_desktop.services.notifications import (
    ListNotifications,
    MarkNotificationsRead,
    NotificationList,
    list_notifications,
    mark_notifications_read,
)
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.run_notices import notify_complete
from tests.factories.engines import Ear
from tests.factories.runs import add_run
from tests.fakes.scripted_chat_model import ScriptedChatModel
from tests.guards import Problems

EMAIL = GenerateContent(topic="fresh coffee for the office", type="email", words=60)  # type: ignore[arg-type]
BLOG = GenerateContent(topic="fresh coffee for the office", words=250)


async def listed(parts: Parts, limit: int = 50) -> NotificationList:
    return await list_notifications(ListNotifications(limit=limit), parts, Ear())


async def told(parts: Parts, *titles: str) -> list[int]:
    """Messages to the local user; their numbers."""
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.local_workspace()
        rows = [
            await work.notifications.add(place.user_id, None, "workflow_complete", title, "")
            for title in titles
        ]
        await work.commit()
    return [row.id for row in rows]


async def test_a_piece_that_is_ready_is_told(parts: Parts, ear: Ear) -> None:
    async with parts.bus.watch() as queue:
        done = await generate_content(EMAIL, parts, ear)
        seen = [queue.get_nowait() for _ in range(queue.qsize())]
    found = await listed(parts)
    (item,) = found.items
    assert (found.unread, item.type, item.is_read) == (1, "workflow_complete", False)
    assert item.title == "Your e-mail is ready"
    assert item.message == done.title
    assert item.link_url == f"activity/{done.activity_id}"
    assert Change(subject="notifications") in seen


async def test_a_failure_is_told_with_its_reason(
    parts: Parts, ear: Ear, model: ScriptedChatModel, log_problems: Problems
) -> None:
    model.fail_at = {4}
    failed = await generate_content(BLOG, parts, ear)
    log_problems.records.clear()
    (item,) = (await listed(parts)).items
    assert (item.type, item.title) == ("workflow_failed", "Your blog post was not finished")
    assert failed.error is not None
    assert item.message == f"{BLOG.topic} · {failed.error}"


async def test_checks_that_failed_are_counted(parts: Parts) -> None:
    identity = await add_run(parts.database, Brief(topic="fresh coffee", type="linkedin"))  # type: ignore[arg-type]
    checks = [
        Check(id=name, hard=name != "soft", passed=False, message="") for name in ("a", "b", "soft")
    ]
    async with parts.database.unit_of_work() as work:
        await notify_complete(work, identity.activity_id, checks)
        await work.commit()
    (item,) = (await listed(parts)).items
    assert item.title == "Your LinkedIn post needs attention"
    assert item.message == "fresh coffee · 2 checks need attention"


async def test_newest_first_and_the_count_goes_beyond_the_list(parts: Parts) -> None:
    await told(parts, "first", "second", "third")
    found = await listed(parts, limit=2)
    assert [item.title for item in found.items] == ["third", "second"]
    assert found.unread == 3


async def test_marking_some_and_then_the_rest(parts: Parts) -> None:
    first, _, _ = await told(parts, "first", "second", "third")
    some = await mark_notifications_read(MarkNotificationsRead(ids=[first]), parts, Ear())
    assert (some.marked, some.unread) == (1, 2)
    async with parts.bus.watch() as queue:
        rest = await mark_notifications_read(MarkNotificationsRead(), parts, Ear())
        again = await mark_notifications_read(MarkNotificationsRead(), parts, Ear())
        await asyncio.sleep(0)
        assert queue.qsize() == 1  # nobody reads again for nothing
    assert (rest.marked, again.marked, again.unread) == (2, 0, 0)
    assert all(item.is_read for item in (await listed(parts)).items)


async def test_nobody_marks_the_messages_of_another(parts: Parts) -> None:
    (number,) = await told(parts, "mine")
    async with parts.database.unit_of_work() as work:
        assert await work.notifications.mark_read(-1, [number]) == 0
    assert (await listed(parts)).unread == 1
