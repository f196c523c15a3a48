"""What a desktop is told of: all that its person may see, once, in order, and what went away."""

import datetime as dt
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import httpx
import pytest
from sqlalchemy import text

from marketer_desktop.domain.brief import Brief
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.repositories.workspaces import Member
from marketer_desktop.storage.tables import InvoiceRow, SubscriptionRow
from tests.factories.contents import make_content
from tests.factories.serving import (
    Teammate,
    add_membership,
    add_organization,
    add_teammate,
    client_of,
)
from tests.factories.syncing import Desktop

ALL = ["organization", "member", "project", "campaign", "activity", "revision"]
NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


@pytest.fixture
async def people() -> AsyncIterator[AsyncExitStack]:
    """Clients of teammates, which end with the test."""
    async with AsyncExitStack() as stack:
        yield stack


async def desktop_of(
    people: AsyncExitStack, parts: Parts, teammate: Teammate, limit: int = 200
) -> Desktop:
    return Desktop(await people.enter_async_context(client_of(parts, teammate)), limit)


async def add_project(
    parts: Parts, owner: Teammate, name: str, visibility: str = "team", *, shared: bool = True
) -> int:
    """A project with a campaign, a text and its revision."""
    async with parts.acting_as(owner.member).database.unit_of_work() as work:
        values = {"name": name, "visibility": visibility, "share_with_team": shared}
        project = await work.projects.add(owner.organization_id, owner.user_id, values)
        place = await work.workspaces.of_project(project.id)
        brief = Brief(topic=name, document_ids=[1]).model_dump(mode="json")
        activity = await work.activities.add(place.campaign_id, owner.user_id, brief)
        await work.activities.save_text(activity.id, make_content())
        await work.revisions.add(
            activity.id, "edited", title=name, markdown=name, word_count=1, created_by=owner.user_id
        )
        await work.commit()
    return project.id


async def add_billing(parts: Parts, organization_id: int) -> None:
    async with parts.database.unit_of_work() as work:
        subscription = SubscriptionRow(
            organization_id=organization_id,
            stripe_subscription_id="sub_1",
            stripe_customer_id="cus_1",
            stripe_price_id="price_1",
            plan="pro",
            status="active",
            amount=4900,
            interval="month",
            current_period_start=NOW,
            current_period_end=NOW,
        )
        invoice = InvoiceRow(
            organization_id=organization_id,
            stripe_invoice_id="in_1",
            amount_due=4900,
            status="open",
            period_start=NOW,
            period_end=NOW,
        )
        work.session.add_all([subscription, invoice])
        await work.commit()


async def change(parts: Parts, statement: str) -> None:
    async with parts.database.unit_of_work() as work:
        await work.session.execute(text(statement))
        await work.commit()


async def test_only_what_is_shared_comes_and_what_it_hangs_on_comes_before(
    parts: Parts, owner: Teammate, client: httpx.AsyncClient
) -> None:
    await add_project(parts, owner, "Shared")
    await add_project(parts, owner, "Own", shared=False)
    desktop = Desktop(client)
    await desktop.pull()
    assert [entity for entity, _ in desktop.told] == ALL
    assert [each["name"] for each in desktop.of("project")] == ["Shared"]

    desktop.told.clear()
    await desktop.pull()
    assert desktop.told == []
    await change(parts, "UPDATE projects SET name = 'Still own' WHERE name = 'Own'")
    await desktop.pull()
    assert desktop.told == []

    await change(parts, "UPDATE projects SET share_with_team = true WHERE name = 'Still own'")
    await desktop.pull()
    assert desktop.told == [(entity, False) for entity in ALL[2:]]
    desktop.told.clear()
    await change(parts, "UPDATE projects SET share_with_team = false WHERE name = 'Shared'")
    await desktop.pull()
    assert desktop.told == [("project", True)]


async def test_pages_of_any_size_lead_to_the_same_while_others_write(
    parts: Parts, owner: Teammate, organization: tuple[int, str], people: AsyncExitStack
) -> None:
    first = await add_project(parts, owner, "First")
    await add_project(parts, owner, "Second")
    slow = await desktop_of(people, parts, owner, limit=1)
    moments = iter(range(100))
    while await slow.pull_page():
        moment = next(moments)
        if moment == 1:  # told of in its turn or not, but before what hangs on it
            await change(parts, f"UPDATE projects SET name = 'Moved on' WHERE id = {first}")
        if moment == 3:
            await add_project(parts, owner, "Third")
        if moment == 5:
            await add_teammate(parts, "late@example.com", organization, "viewer")
    await slow.pull()
    quick = await desktop_of(people, parts, owner)
    await quick.pull()
    assert slow.rows == quick.rows
    names = {each["name"] for each in quick.of("project")}
    assert names == {"Moved on", "Second", "Third"}


async def test_others_see_no_private_project_and_are_told_when_one_becomes_private(
    parts: Parts, owner: Teammate, organization: tuple[int, str], people: AsyncExitStack
) -> None:
    await add_project(parts, owner, "Hidden", "private")
    project = await add_project(parts, owner, "Open")
    member = await add_teammate(parts, "bob@example.com", organization, "member")
    mine, theirs = [await desktop_of(people, parts, each) for each in (owner, member)]
    for each in (mine, theirs):
        await each.pull()
        each.told.clear()
    assert {each["name"] for each in mine.of("project")} == {"Hidden", "Open"}
    assert {each["name"] for each in theirs.of("project")} == {"Open"}

    await change(parts, f"UPDATE projects SET visibility = 'private' WHERE id = {project}")
    await theirs.pull()
    assert theirs.told == [("project", True)]
    await mine.pull()
    assert ("project", True) not in mine.told
    theirs.told.clear()
    await change(parts, "UPDATE projects SET name = 'Secret', share_with_team = true")
    await change(parts, "DELETE FROM projects WHERE name = 'Secret' AND visibility = 'private'")
    await theirs.pull()
    assert theirs.told == []


async def test_another_role_sees_more_or_less(
    parts: Parts, owner: Teammate, organization: tuple[int, str], people: AsyncExitStack
) -> None:
    await add_billing(parts, owner.organization_id)
    await add_project(parts, owner, "Of the team")
    await add_project(parts, owner, "Of all", "organization")
    person = await add_teammate(parts, "bob@example.com", organization, "viewer")
    desktop = await desktop_of(people, parts, person)
    role = "UPDATE organization_members SET role = '{}' WHERE user_id = " + str(person.user_id)
    seen = {
        "viewer": ({"Of all"}, 0),
        "admin": ({"Of all", "Of the team"}, 1),
        "member": ({"Of all", "Of the team"}, 0),
        "viewer ": ({"Of all"}, 0),
    }
    for name, (projects, invoices) in seen.items():
        await change(parts, role.format(name.strip()))
        await desktop.pull()
        assert {each["name"] for each in desktop.of("project")} == projects, name
        assert len(desktop.of("invoice")) == len(desktop.of("subscription")) == invoices, name


async def test_memberships_that_begin_and_end(
    parts: Parts, owner: Teammate, client: httpx.AsyncClient
) -> None:
    desktop = Desktop(client)
    await desktop.pull()
    other = await add_organization(parts, "Other")
    boss = await add_teammate(parts, "boss@example.com", other)
    await add_project(parts, boss, "Theirs")
    await desktop.pull()
    assert len(desktop.of("organization")) == 1

    joined = await add_membership(parts, owner, other, "member")
    await desktop.pull()
    assert {each["name"] for each in desktop.of("organization")} == {"My Company", "Other"}
    assert [each["name"] for each in desktop.of("project")] == ["Theirs"]
    assert len(desktop.of("member")) == 3

    desktop.told.clear()
    left = f"user_id = {joined.user_id} AND organization_id = {other[0]}"
    await change(parts, f"UPDATE organization_members SET is_active = false WHERE {left}")
    await desktop.pull()
    assert desktop.told == [("organization", True)]
    await change(parts, f"UPDATE organization_members SET is_active = true WHERE {left}")
    desktop.told.clear()
    await desktop.pull()
    assert desktop.told[0] == ("organization", False)
    assert len(desktop.of("project")) == 1

    desktop.told.clear()
    await change(parts, "UPDATE organizations SET deleted_at = now() WHERE slug = 'other'")
    await desktop.pull()
    assert desktop.told == [("organization", True)]


async def test_a_teammate_who_leaves_is_told_of_and_a_new_name_too(
    parts: Parts,
    owner: Teammate,
    organization: tuple[int, str],
    client: httpx.AsyncClient,
) -> None:
    person = await add_teammate(parts, "bob@example.com", organization, "member")
    desktop = Desktop(client)
    await desktop.pull()
    await change(parts, f"UPDATE users SET name = 'Bob' WHERE id = {person.user_id}")
    await desktop.pull()
    assert {each["user"]["name"] for each in desktop.of("member")} == {None, "Bob"}
    gone = f"UPDATE organization_members SET is_active = false WHERE user_id = {person.user_id}"
    await change(parts, gone)
    await desktop.pull()
    assert [each["user"]["email"] for each in desktop.of("member")] == [owner.email]


async def test_a_cursor_is_good_for_one_person_and_one_history(
    parts: Parts, owner: Teammate, client: httpx.AsyncClient, people: AsyncExitStack
) -> None:
    desktop = Desktop(client)
    await desktop.pull()
    assert desktop.cursor is not None
    stranger = await add_teammate(parts, "eve@example.com", await add_organization(parts, "Evil"))
    theirs = await people.enter_async_context(client_of(parts, stranger))
    assert await refused(theirs, desktop.cursor)
    assert await refused(client, "nonsense")
    assert await refused(client, urlsafe_b64encode(b"[]").decode())

    # A snapshot of the disk from before: the same place, but what was read is not there.
    await change(parts, "UPDATE organizations SET name = 'Newer'")
    await desktop.pull()
    assert not await refused(client, desktop.cursor)
    await change(parts, "UPDATE sync_counters SET version = version - 1")
    assert await refused(client, desktop.cursor)
    await change(parts, "UPDATE sync_counters SET version = version + 1")

    # A dump that was restored into another database.
    await change(parts, "UPDATE sync_epoch SET place = 'elsewhere'")
    assert await refused(client, desktop.cursor)
    desktop.cursor = None
    await desktop.pull()
    assert not await refused(client, desktop.cursor)


async def refused(client: httpx.AsyncClient, cursor: str | None) -> bool:
    assert cursor is not None
    answer = await client.get("/api/sync/changes", params={"cursor": cursor})
    if answer.status_code == 200:
        return False
    assert answer.status_code == 409, answer.text
    assert answer.json()["error"]["details"] == {"cursor": ["cursor_expired"]}
    return True


async def test_a_made_up_cursor_shows_nothing_of_others(
    parts: Parts, owner: Teammate, client: httpx.AsyncClient
) -> None:
    desktop = Desktop(client)
    await desktop.pull()
    assert desktop.cursor is not None
    boss = await add_teammate(parts, "boss@example.com", await add_organization(parts, "Other"))
    await add_project(parts, boss, "Theirs")
    async with parts.database.autocommit() as work:
        (stream, _) = await work.sync_streams.of_user(boss.user_id)
    told = (
        urlsafe_b64decode(desktop.cursor)
        .decode()
        .replace('"read":{', f'"read":{{"{stream.key}":0,')
    )
    desktop.cursor = urlsafe_b64encode(told.encode()).decode()
    desktop.told.clear()
    await desktop.pull()
    assert desktop.told == [("organization", True)]
    assert Member(boss.user_id, boss.organization_id) == stream.member
