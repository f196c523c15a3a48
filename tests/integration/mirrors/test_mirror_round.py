"""A desktop and a server, each with its own database, tell each other all that has changed."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from marketer_desktop.domain.permissions import Role
from marketer_desktop.domain.sync import Entity
from marketer_desktop.hybrid.sync import round as rounds
from marketer_desktop.services.campaigns import CampaignChanges, ChangeCampaign
from marketer_desktop.services.change_members import ChangeMember, RemoveMember
from marketer_desktop.services.content import SaveContent
from marketer_desktop.services.create_activity import CreateActivity
from marketer_desktop.services.notifications import MarkNotification
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.projects import CreateProject, UpdateProject
from marketer_desktop.services.revisions import ListRevisions
from marketer_desktop.services.team import ListMembers
from marketer_desktop.storage.tables import (
    ActivityRevisionRow,
    CampaignRow,
    NotificationRow,
    OrganizationRow,
    UsageEventRow,
    UserRow,
)
from tests.factories.mirrors import (
    Copy,
    Rows,
    do,
    identity_of,
    join,
    lost_answer,
    nobody_there,
    number_of,
    over,
    passed,
    told_by,
)
from tests.factories.serving import Teammate, add_teammate

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


async def saved(copy: Copy, activity_id: int, markdown: str, base: int = 0) -> int:
    """A text that is typed on the desktop; the base of the next one."""
    call = SaveContent(
        activity_id=activity_id, markdown=markdown, base_revision=base, title="On tea"
    )
    return int((await copy.do(call)).revision)


async def test_what_is_changed_on_either_side_is_there_on_the_other(
    copy: Copy, parts: Parts, owner: Teammate
) -> None:
    project, activity = await copy.shared_piece()
    await copy.do(CreateProject(name="My own"))
    base = await saved(copy, activity, "# On tea\n\nIt is good.")
    await copy.synced()
    rows = await told_by(parts, owner)
    assert [row["name"] for (kind, _), row in rows.items() if kind == "project"] == ["Tea"]
    assert await copy.rows() == rows
    assert await copy.unsent() == 0
    pushes = len(copy.line.pushes)
    await copy.synced()
    assert len(copy.line.pushes) == pushes

    own = await identity_of(copy.parts, Entity.PROJECT, project)
    number = await number_of(parts, Entity.PROJECT, own)
    there = parts.acting_as(owner.member)
    await do(there, UpdateProject(project_id=number, description="From there"))
    await copy.do(UpdateProject(project_id=project, name="Green tea"))
    await saved(copy, activity, "# On tea\n\nIt is green.", base)
    await copy.synced()
    rows = await copy.rows()
    assert rows == await told_by(parts, owner)
    told = rows[("project", str(own))]
    assert (told["name"], told["description"]) == ("Green tea", "From there")
    assert await copy.conflicts() == []


async def test_a_lost_answer_is_asked_for_again_and_what_was_changed_since_goes_after_it(
    copy: Copy, parts: Parts, owner: Teammate
) -> None:
    project, activity = await copy.shared_piece()
    copy.line.faults = [nobody_there]
    outcome = await copy.sync()
    assert (outcome.kind, outcome.problem) == ("offline", "The server cannot be reached.")
    copy.line.faults = [passed, lost_answer]
    assert (await copy.sync()).kind == "offline"
    await copy.do(UpdateProject(project_id=project, name="Green tea"))
    await saved(copy, activity, "# On tea\n\nIt is green.")
    await copy.synced()
    first, again, later = copy.line.pushes
    assert again == first
    assert {each["entity"] for each in later["json"]["mutations"]} == {"project", "activity"}
    rows = await told_by(parts, owner)
    assert await copy.rows() == rows
    assert [row["name"] for (kind, _), row in rows.items() if kind == "project"] == ["Green tea"]


async def test_the_first_campaign_is_made_with_its_project_and_what_was_in_it_comes_along(
    copy: Copy, parts: Parts, owner: Teammate
) -> None:
    project = (await copy.do(CreateProject(name="Tea"))).project_id
    call = CreateActivity(topic="All about tea", project_id=project)
    await saved(copy, (await copy.do(call)).activity_id, "# On tea\n\nIt is good.")
    async with copy.parts.database.unit_of_work() as work:
        query = select(CampaignRow.id).where(CampaignRow.project_id == project)
        (campaign,) = await work.session.scalars(query)
    changes = CampaignChanges(name="Spring", goal="Sell tea", budget_amount=Decimal("12.5"))
    await copy.do(ChangeCampaign(campaign_id=campaign, changes=changes))
    await copy.synced()
    assert copy.line.pushes == []
    await copy.do(UpdateProject(project_id=project, share_with_team=True))
    await copy.synced()
    there = await told_by(parts, owner)
    assert {kind for kind, _ in there} >= {"project", "campaign", "activity", "revision"}
    assert [row["name"] for (kind, _), row in there.items() if kind == "campaign"] == ["Spring"]
    assert await copy.rows() == there
    assert await copy.conflicts() == []


async def test_pages_that_are_cut_in_the_middle_go_on_where_they_ended(
    copy: Copy, parts: Parts, owner: Teammate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "MOST_CHANGES", 2)
    there = parts.acting_as(owner.member)
    for name in ("A", "B", "C"):
        await do(there, CreateProject(name=name, share_with_team=True))
    copy.line.faults = [passed, passed, nobody_there]
    assert (await copy.sync()).kind == "offline"
    assert 0 < len(await copy.rows()) < len(await told_by(parts, owner))
    asked = len(copy.line.asked)
    await copy.synced()
    assert await copy.rows() == await told_by(parts, owner)
    assert copy.line.asked[asked][1]["params"]["cursor"]  # not from the beginning


async def test_what_is_used_and_read_here_is_noted_there_once(
    copy: Copy, parts: Parts, owner: Teammate
) -> None:
    member = await copy.member()
    async with parts.database.unit_of_work() as work:
        more: dict[str, Any] = {"link_url": "activity/1", "link_text": "Open"}
        await work.notifications.add(owner.user_id, owner.organization_id, "x", "T", "M", **more)
        await work.commit()
    await copy.synced()
    async with copy.parts.database.unit_of_work() as work:
        (row,) = await work.session.scalars(select(NotificationRow))
        for organization in (member.organization_id, 1):
            details = {"activity_id": None, "model": "ollama:llama3", "tokens": 7}
            await work.usage.record(organization, None, "llm_request", details)
        await work.usage.record(member.organization_id, None, "document_upload", {"file_size": 1})
        await work.commit()
    assert row.link_url is None  # activity 1 of this machine is another one
    await copy.do(MarkNotification(notification_id=row.id, is_read=True))
    copy.line.faults = [passed, lost_answer]
    await copy.sync()
    await copy.synced()
    async with parts.database.unit_of_work() as work:
        (row,) = await work.session.scalars(select(NotificationRow))
        (event,) = await work.session.scalars(select(UsageEventRow))
    assert row.is_read
    assert (event.details or {})["tokens"] == 7
    assert (event.details or {})["model"] == "llama3"


def dated_alike(rows: Rows) -> Rows:
    """The same rows, whenever a revision was begun."""
    return {key: {**row, "created_at": None} for key, row in rows.items()}


async def test_texts_of_two_desktops_have_the_same_revisions_in_the_same_order(
    copy: Copy,
    parts: Parts,
    owner: Teammate,
    third_url: str,
    organization: tuple[int, str],
) -> None:
    bob = await add_teammate(parts, "bob@example.com", organization, "member")
    async with over(parts, third_url) as own:
        other = await join(own, parts, bob)
        _, activity = await copy.shared_piece()
        base = await saved(copy, activity, "# On tea\n\nOne.")
        await copy.synced()
        await other.synced()
        identity = await identity_of(copy.parts, Entity.ACTIVITY, activity)
        theirs = await other.number(Entity.ACTIVITY, identity)
        async with parts.database.unit_of_work() as work:  # for the server it is long ago
            await work.session.execute(update(ActivityRevisionRow).values(created_at=LONG_AGO))
            await work.commit()
        base = await saved(copy, activity, "# On tea\n\nTwo.", base)
        await saved(copy, activity, "# On tea\n\nThree.", base)
        await copy.synced()
        await other.synced()
        await other.do(
            SaveContent(activity_id=theirs, markdown="# On tea\n\nFour.", base_revision=2)
        )
        await other.synced()
        await copy.synced()
        assert dated_alike(await copy.rows()) == dated_alike(await told_by(parts, owner))
        assert dated_alike(await other.rows()) == dated_alike(await told_by(parts, bob))
        here = await copy.do(ListRevisions(activity_id=activity))
        there = await other.do(ListRevisions(activity_id=theirs))
        assert [each.number for each in here.revisions] == [each.number for each in there.revisions]


async def test_names_of_the_team_are_known_here_without_getting_in_the_way(
    parts: Parts, second_url: str, owner: Teammate, organization: tuple[int, str]
) -> None:
    await add_teammate(parts, "bob@example.com", organization, "member")
    async with over(parts, second_url) as own:
        async with own.database.unit_of_work() as work:
            work.session.add(OrganizationRow(name="Mine", slug="my-company", sync_id=uuid4()))
            await work.commit()
        copy = await join(own, parts, owner)
        await copy.synced()
        await copy.synced()
        async with own.database.unit_of_work() as work:
            slugs = set(await work.session.scalars(select(OrganizationRow.slug)))
            members = await work.members.list((await copy.member()).organization_id)
            query = select(UserRow).where(UserRow.email == "bob@example.com")
            bob = await work.session.scalar(query)
        assert slugs == {"local", "my-company", "my-company-2"}
        assert {user.email for _, user in members} == {"local@localhost", "bob@example.com"}
        assert bob is not None and bob.password_hash is None  # he cannot sign in here
        assert copy.line.pushes == []

        (number,) = (row.id for row, user in members if user.email == "bob@example.com")
        await copy.do(ChangeMember(member_id=number, role=Role.VIEWER))
        await copy.synced()
        roles = [r["role"] for (k, _), r in (await told_by(parts, owner)).items() if k == "member"]
        assert sorted(roles) == ["owner", "viewer"]
        await copy.do(RemoveMember(member_id=number))
        await copy.synced()
        rows = await told_by(parts, owner)
        assert [kind for kind, _ in rows].count("member") == 1
        assert rows.keys() == (await copy.rows()).keys()


async def test_who_joins_or_takes_another_name_has_it_here_too(
    copy: Copy, parts: Parts, organization: tuple[int, str]
) -> None:
    bob = await add_teammate(parts, "bob@example.com", organization, "member")
    for name in (None, "Bob", "Robert"):
        async with parts.database.unit_of_work() as work:
            await work.people.rename(bob.user_id, name)
            await work.commit()
        await copy.synced()
        found = (await copy.do(ListMembers())).members
        assert [each.name for each in found if each.email == bob.email] == [name]
    assert copy.line.pushes == []
