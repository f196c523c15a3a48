"""Plans of a server on a desktop: what they allow, and for how long without that server."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from marketer_desktop.domain.payment import PaymentNotice
from marketer_desktop.domain.plan_grace import GRACE, Standing
from marketer_desktop.domain.plans import LIMITS, Plan
from marketer_desktop.services import storage_quota
from marketer_desktop.services.document_library import ListDocuments, list_documents
from marketer_desktop.services.documents import IngestDocuments, ingest_documents
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.plan_watch import PlanWatch
from marketer_desktop.services.projects import CreateProject, create_project
from marketer_desktop.services.refusals import PlanExceeded
from marketer_desktop.services.request_quota import take_request
from marketer_desktop.services.show_plan import PlanSheet, ShowPlan, show_plan
from tests.factories.engines import Ear
from tests.factories.mirrored import SERVER, mirrored, synced
from tests.patience import becomes_true, grows_to

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
FREE = LIMITS[Plan.FREE]


class Hands:
    """Clocks that are set by hand."""

    def __init__(self) -> None:
        self.now, self.steady = NOW, 0.0


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def watch(parts: Parts, hands: Hands) -> PlanWatch:
    return PlanWatch(parts, lambda: hands.now, lambda: hands.steady)


async def plan(parts: Parts) -> PlanSheet:
    return await show_plan(ShowPlan(), parts, Ear())


async def heard_again(parts: Parts) -> None:
    async with parts.database.unit_of_work() as work:
        (account,) = await work.server_accounts.all()
    await synced(parts, account.id, NOW + timedelta(seconds=1))


async def projects(parts: Parts, count: int, name: str = "P") -> None:
    for number in range(count):
        await create_project(CreateProject(name=f"{name}{number}"), parts, Ear())


async def requests(parts: Parts, organization_id: int, count: int) -> None:
    for _ in range(count):
        async with parts.database.unit_of_work() as work:
            await take_request(parts, work, organization_id)
            await work.commit()


async def test_an_organization_of_this_computer_has_no_limits(
    parts: Parts, watch: PlanWatch
) -> None:
    await watch.look()
    told = await plan(parts)
    assert told.is_local and told.server == told.billing_url == ""
    assert [each.limit for each in told.uses] == [None] * 4
    assert parts.unconfirmed == set()


async def test_the_plan_of_a_server_shows_its_limits_and_where_it_is_paid(
    parts: Parts, watch: PlanWatch
) -> None:
    await mirrored(parts, Plan.FREE, NOW)
    await watch.look()
    await projects(parts, 3)
    told = await plan(parts)
    used = {each.name: (each.used, each.limit) for each in told.uses}
    assert used == {"projects": (3, 3), "users": (1, 1), "storage": (0, 5), "requests": (0, 100)}
    assert (told.server, told.billing_url) == (SERVER, f"{SERVER}/billing")
    assert (told.standing, told.heard_at) == (Standing.CONFIRMED, NOW)
    with pytest.raises(PlanExceeded, match="room for 3 projects"):
        await projects(parts, 1, "One more ")


async def test_after_two_weeks_without_the_server_new_things_are_limited_as_if_free(
    parts: Parts, watch: PlanWatch, hands: Hands
) -> None:
    number = await mirrored(parts, Plan.PRO, NOW - GRACE + timedelta(seconds=1))
    await watch.look()
    await projects(parts, 4)
    await requests(parts, number, FREE.requests_per_day)
    assert parts.unconfirmed == set()
    hands.now += timedelta(seconds=1)
    await watch.look()
    assert parts.unconfirmed == {number}
    told = await plan(parts)
    assert told.standing is Standing.LAPSED
    assert [each.limit for each in told.uses] == [3, 1, 5, 100]
    assert [each.used for each in told.uses] == [4, 1, 0, 100], "what is there stays"
    with pytest.raises(PlanExceeded):
        await projects(parts, 1, "Fifth ")
    with pytest.raises(PlanExceeded):
        await requests(parts, number, 1)


async def test_a_clock_set_back_gains_no_more_than_the_engine_runs_meanwhile(
    parts: Parts, watch: PlanWatch, hands: Hands
) -> None:
    number = await mirrored(parts, Plan.ENTERPRISE, NOW)
    hands.now = NOW - timedelta(days=100)
    await watch.look()
    hands.steady = GRACE.total_seconds() - 1
    await watch.look()
    assert parts.unconfirmed == set()
    again = PlanWatch(parts, lambda: hands.now, lambda: hands.steady)  # a new start of the engine
    hands.steady += 1
    await again.look()
    assert parts.unconfirmed == {number}
    with pytest.raises(PlanExceeded):
        await requests(parts, number, FREE.requests_per_day + 1)
    await heard_again(parts)
    await again.look()
    assert parts.unconfirmed == set()


async def test_the_plan_holds_again_as_soon_as_the_server_is_heard(parts: Parts) -> None:
    number = await mirrored(parts, Plan.PRO, NOW - 2 * GRACE)
    looks: list[int] = []

    def clock() -> datetime:
        looks.append(len(looks))
        return NOW

    async def it_holds() -> bool:
        return parts.unconfirmed == set()

    watch = PlanWatch(parts, clock, lambda: 0.0, pause=3600)
    await watch.start()
    try:
        await grows_to(looks, 2)  # the one of the start, and the first in the background
        parts.bus.changed("sync")
        await grows_to(looks, 3)
        assert parts.unconfirmed == {number}
        await heard_again(parts)
        parts.bus.changed("sync")
        await becomes_true(it_holds)
    finally:
        await watch.stop()
    await projects(parts, 4)


async def test_documents_beyond_the_storage_are_not_taken_in(
    parts: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await mirrored(parts, Plan.FREE, NOW)
    monkeypatch.setattr(storage_quota, "GB", 20)  # bytes: five of them are 100
    small, large = tmp_path / "small.txt", tmp_path / "large.txt"
    small.write_text("Sixty grams of coffee make a litre, enough for four people.")
    large.write_text("Open every bag within four weeks after roasting, and close it well. " * 2)
    taken = IngestDocuments(paths=[small, large])
    with pytest.raises(PlanExceeded, match="5 GB of documents"):
        await ingest_documents(taken, parts, Ear())
    again = await ingest_documents(IngestDocuments(paths=[small]), parts, Ear())
    assert [each.duplicate for each in again.results] == [True]
    listed = await list_documents(ListDocuments(), parts, Ear())
    assert [each.filename for each in listed.documents] == ["small.txt"]


@pytest.mark.parametrize("kept", [Plan.FREE, Plan.LOCAL])
async def test_what_is_not_paid_for_is_left_alone(
    parts: Parts, watch: PlanWatch, kept: Plan
) -> None:
    await mirrored(parts, kept, NOW - 10 * GRACE)
    await watch.look()
    assert parts.unconfirmed == set()


async def test_only_who_may_see_bills_hears_of_them(parts: Parts) -> None:
    await mirrored(parts, Plan.PRO, NOW, role="member")
    told = await plan(parts)
    assert not told.sees_bills and not told.pays and told.notice is None


async def pays(parts: Parts, number: int, name: str, status: str, ends: datetime) -> None:
    async with parts.database.unit_of_work() as work:
        await work.subscriptions.save(
            {
                "organization_id": number,
                "stripe_subscription_id": name,
                "stripe_customer_id": "",
                "stripe_price_id": "",
                "plan": "pro",
                "status": status,
                "amount": 2900,
                "interval": "month",
                "current_period_start": NOW,
                "current_period_end": ends,
            }
        )
        await work.commit()


async def test_what_is_past_due_is_said_and_the_plan_holds_as_the_server_says(
    parts: Parts, watch: PlanWatch
) -> None:
    number = await mirrored(parts, Plan.PRO, NOW)
    await pays(parts, number, "ended", "canceled", NOW + timedelta(days=300))
    await pays(parts, number, "failing", "past_due", NOW + timedelta(days=20))
    await watch.look()
    told = await plan(parts)
    assert (told.notice, told.notice_at) == (PaymentNotice.PAST_DUE, NOW + timedelta(days=20))
    assert told.uses[0].limit == LIMITS[Plan.PRO].max_projects


async def test_what_has_ended_is_said_and_the_limits_are_those_the_server_told(
    parts: Parts, watch: PlanWatch
) -> None:
    number = await mirrored(parts, Plan.FREE, NOW)
    await pays(parts, number, "ended", "canceled", NOW)
    await watch.look()
    told = await plan(parts)
    assert told.notice is PaymentNotice.ENDED
    assert told.uses[0].limit == FREE.max_projects
