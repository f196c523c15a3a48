"""The requests of a day: counted, refused beyond the plan's limit, and given back at midnight."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select, text

from marketer_desktop.jobs.queue import Queue
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import QuotaExceeded
from marketer_desktop.services.request_quota import (
    reset_requests,
    seconds_to_midnight,
    take_request,
)
from marketer_desktop.storage.addresses import connection_parameters
from marketer_desktop.storage.connection import Connection
from marketer_desktop.storage.tables import ActivityRow, NotificationRow, OrganizationRow
from tests.factories.serving import Teammate, add_teammate, client_of
from tests.patience import becomes_true

MAIL = {"topic": "Fresh coffee", "content_type": "email", "target_word_count": 60}


async def counters(parts: Parts, organization_id: int) -> tuple[int, int]:
    async with parts.database.unit_of_work() as work:
        row = await work.session.get_one(OrganizationRow, organization_id)
    return row.requests_today, row.requests_this_month


async def change(parts: Parts, organization_id: int, **values: Any) -> None:
    assignments = ", ".join(f"{name} = {value}" for name, value in values.items())
    async with parts.database.unit_of_work() as work:
        await work.session.execute(
            text(f"UPDATE organizations SET {assignments} WHERE id = {organization_id}")
        )
        await work.commit()


async def told(parts: Parts) -> list[int]:
    """Whom the organization's quota was told to."""
    async with parts.database.unit_of_work() as work:
        found = await work.session.scalars(
            select(NotificationRow.user_id)
            .where(NotificationRow.type == "quota_exceeded")
            .order_by(NotificationRow.user_id)
        )
    return list(found)


async def take(parts: Parts, organization_id: int) -> bool:
    try:
        async with parts.database.unit_of_work() as work:
            await take_request(parts, work, organization_id)
            await work.commit()
    except QuotaExceeded:
        return False
    return True


async def test_the_request_beyond_the_limit_is_refused_and_nothing_is_done(
    parts: Parts, owner: Teammate
) -> None:
    number = owner.organization_id
    await change(parts, number, plan="'free'", requests_per_day=1)
    parts.models.model.pause = 30  # type: ignore[attr-defined]
    async with client_of(parts, owner) as client:
        first = await client.post("/api/workflows/execute", json=MAIL)
        refused = await client.post("/api/workflows/execute", json=MAIL)
        await client.post(f"/api/activities/{first.json()['data']['activity_id']}/cancel")
    error = refused.json()["error"]
    assert (first.status_code, refused.status_code) == (202, 429)
    assert error["code"] == "RATE_LIMIT_EXCEEDED"
    assert error["message"] == "Daily quota exceeded. Upgrade to Pro for higher limits."
    assert refused.headers["Retry-After"] == str(error["retry_after"])
    assert 0 < error["retry_after"] <= 86400
    assert await counters(parts, number) == (1, 1)
    async with parts.database.unit_of_work() as work:
        assert len((await work.session.scalars(select(ActivityRow))).all()) == 1
    assert await told(parts) == [owner.user_id]


async def test_many_at_once_get_what_there_is_and_are_told_once(
    parts: Parts, owner: Teammate, organization: tuple[int, str]
) -> None:
    admin = await add_teammate(parts, "admin@example.com", organization, "admin")
    await add_teammate(parts, "member@example.com", organization, "member")
    await change(parts, organization[0], requests_per_day=5)
    taken = await asyncio.gather(*(take(parts, organization[0]) for _ in range(12)))
    assert sum(taken) == 5
    assert await counters(parts, organization[0]) == (5, 5)
    assert await told(parts) == sorted([owner.user_id, admin.user_id])


@pytest.mark.parametrize("plan", ["local", "enterprise"])
async def test_plans_without_a_limit_are_counted_all_the_same(
    parts: Parts, owner: Teammate, plan: str
) -> None:
    await change(parts, owner.organization_id, plan=f"'{plan}'", requests_per_day=0)
    assert await take(parts, owner.organization_id)
    assert await counters(parts, owner.organization_id) == (1, 1)


async def test_a_new_day_counts_anew_and_a_new_month_too(parts: Parts, owner: Teammate) -> None:
    number = owner.organization_id
    full = {"requests_today": 9, "requests_this_month": 40, "requests_per_day": 9}
    await change(parts, number, **full, last_reset_date="current_date")
    assert not await take(parts, number)
    await change(parts, number, **full, last_reset_date="current_date - interval '40 days'")
    assert await take(parts, number)
    assert await counters(parts, number) == (1, 1)
    await change(parts, number, **full, last_reset_date="current_date - interval '40 days'")
    await reset_requests(parts)
    assert await counters(parts, number) == (0, 0)
    await change(parts, number, **full, last_reset_date="current_date - 1")
    assert await take(parts, number)
    same_month = datetime.now(UTC).day > 1
    assert await counters(parts, number) == (1, 41 if same_month else 1)


async def test_the_queue_does_periodic_work(migrated_url: str) -> None:
    queue = Queue(connection_parameters(migrated_url, "search_path=procrastinate"), Connection)
    done: list[int] = []

    async def note() -> None:
        done.append(1)

    async def has_run() -> bool:
        return bool(done)

    queue.every("* * * * * */1", "note", note)  # every second
    await queue.start()
    try:
        await becomes_true(has_run)
    finally:
        await queue.stop()


def test_the_day_ends_at_midnight_utc() -> None:
    assert seconds_to_midnight(datetime(2026, 11, 23, tzinfo=UTC)) == 86400
    assert seconds_to_midnight(datetime(2026, 11, 23, 23, 59, 59, 900000, tzinfo=UTC)) == 1
