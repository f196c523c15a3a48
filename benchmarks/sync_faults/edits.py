"""What people do at their desktops and on the server, each with a value that is there once."""

import json
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import select

from marketer_desktop.domain.plans import LIMITS, Plan
from marketer_desktop.services.campaigns import CampaignChanges, ChangeCampaign, CreateCampaign
from marketer_desktop.services.carry_out import carry_out
from marketer_desktop.services.content import OpenContent, SaveContent
from marketer_desktop.services.create_activity import CreateActivity
from marketer_desktop.services.edit_organization import EditOrganization
from marketer_desktop.services.notifications import MarkNotificationsRead
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.projects import CreateProject, UpdateProject
from marketer_desktop.services.sync_conflicts import DecideConflict, ListConflicts
from marketer_desktop.storage.repositories.workspaces import Member
from marketer_desktop.storage.tables import (
    ActivityRow,
    CampaignRow,
    OrganizationRow,
    ProjectRow,
    UsageEventRow,
    UserRow,
)

TEXT = "content.final_content"
POISON = "poison"
WRITTEN = (
    OrganizationRow.name,
    ProjectRow.name,
    ProjectRow.description,
    CampaignRow.name,
    CampaignRow.goal,
    ActivityRow.topic,
    ActivityRow.content["final_content"].astext,
    UsageEventRow.event_type,
)


@dataclass(frozen=True)
class Written:
    """A field of a row got this value, by the desktop of that number; None is the server."""

    by: int | None
    sync_id: UUID
    field: str
    value: str


@dataclass
class People:
    """Everybody who writes: all that they have, in order, and what of it they gave up again."""

    rng: random.Random
    written: list[Written] = field(default_factory=list)
    given_up: set[str] = field(default_factory=set)  # as JSON
    chosen: list[str] = field(default_factory=list)  # of a conflict's two sides; as JSON
    poisoners: set[int] = field(default_factory=set)  # who writes next what no server takes
    count: int = 0

    def value(self, what: str, by: int | None) -> str:
        """A word that nobody has written before."""
        self.count += 1
        word = f"{what} {'server' if by is None else by}-{self.count}"
        if by not in self.poisoners:
            return word
        self.poisoners.remove(by)
        return f"{word} {POISON}"

    def note(self, by: int | None, sync_id: UUID, field: str, value: str) -> None:
        """It is in the database of whoever wrote it."""
        self.written.append(Written(by, sync_id, field, value))


@dataclass(frozen=True)
class Hand:
    """Somebody at work in the organization: at desktop `by`, or on the server."""

    people: People
    parts: Parts
    member: Member
    by: int | None

    async def call(self, call: Any) -> Any:
        """Carry it out as this person."""
        return await carry_out(call, self.parts.acting_as(self.member), _nobody)

    async def one(self, kind: Any, *where: Any) -> Any:
        """A row at random."""
        query = select(kind).where(*where).order_by(kind.id)
        async with self.parts.database.unit_of_work() as work:
            rows = (await work.session.scalars(query)).all()
        return self.people.rng.choice(rows) if rows else None

    async def project(self) -> Any:
        """One that the team shares."""
        return await self.one(
            ProjectRow,
            ProjectRow.organization_id == self.member.organization_id,
            ProjectRow.share_with_team,
        )

    async def campaign(self) -> Any:
        """One of a project that the team shares."""
        project = await self.project()
        return project and await self.one(CampaignRow, CampaignRow.project_id == project.id)

    async def activity(self) -> Any:
        """One of a project that the team shares."""
        campaign = await self.campaign()
        return campaign and await self.one(ActivityRow, ActivityRow.campaign_id == campaign.id)

    async def row(self, kind: Any, number: int) -> Any:
        """The row of this number."""
        async with self.parts.database.unit_of_work() as work:
            return await work.session.get_one(kind, number)


Edit = Callable[[Hand], Awaitable[None]]


async def new_project(hand: Hand) -> None:
    """Shared from the beginning."""
    name = hand.people.value("project", hand.by)
    made = await hand.call(CreateProject(name=name, share_with_team=True))
    row = await hand.row(ProjectRow, made.project_id)
    hand.people.note(hand.by, row.sync_id, "name", name)


async def describe_project(hand: Hand) -> None:
    """Its description."""
    row = await hand.project()
    if row is not None:
        text = hand.people.value("description", hand.by)
        await hand.call(UpdateProject(project_id=row.id, description=text))
        hand.people.note(hand.by, row.sync_id, "description", text)


async def rename_project(hand: Hand) -> None:
    """Its name."""
    row = await hand.project()
    if row is not None:
        name = hand.people.value("project", hand.by)
        await hand.call(UpdateProject(project_id=row.id, name=name))
        hand.people.note(hand.by, row.sync_id, "name", name)


async def new_campaign(hand: Hand) -> None:
    """In a shared project."""
    project = await hand.project()
    if project is not None:
        name = hand.people.value("campaign", hand.by)
        made = await hand.call(CreateCampaign(project_id=project.id, name=name))
        row = await hand.row(CampaignRow, made.campaign_id)
        hand.people.note(hand.by, row.sync_id, "name", name)


async def aim_campaign(hand: Hand) -> None:
    """Its goal."""
    row = await hand.campaign()
    if row is not None:
        goal = hand.people.value("goal", hand.by)
        changes = CampaignChanges(goal=goal)
        await hand.call(ChangeCampaign(campaign_id=row.id, changes=changes))
        hand.people.note(hand.by, row.sync_id, "goal", goal)


async def new_activity(hand: Hand) -> None:
    """In a shared project."""
    project = await hand.project()
    if project is not None:
        topic = hand.people.value("topic", hand.by)
        made = await hand.call(CreateActivity(topic=topic, project_id=project.id))
        row = await hand.row(ActivityRow, made.activity_id)
        hand.people.note(hand.by, row.sync_id, "topic", topic)


async def write_text(hand: Hand) -> None:
    """The text of an activity, as an editor saves it."""
    row = await hand.activity()
    if row is not None:
        opened = await hand.call(OpenContent(activity_id=row.id))
        text = f"# {opened.topic}\n\n{hand.people.value('text', hand.by)}\n"
        await hand.call(
            SaveContent(activity_id=row.id, markdown=text, base_revision=opened.revision)
        )
        hand.people.note(hand.by, row.sync_id, TEXT, text)


async def rename_organization(hand: Hand) -> None:
    """By its owner or an administrator."""
    if hand.member.role in ("owner", "admin"):
        name = hand.people.value("organization", hand.by)
        row = await hand.row(OrganizationRow, hand.member.organization_id)
        await hand.call(EditOrganization(name=name))
        hand.people.note(hand.by, row.sync_id, "name", name)


async def use_model(hand: Hand) -> None:
    """A call of a model, counted."""
    kind = hand.people.value("llm_request", hand.by)
    details = {"provider": "starter", "model": "starter", "tokens": 1}
    async with hand.parts.database.unit_of_work() as work:
        row = await work.usage.record(
            hand.member.organization_id, hand.member.user_id, kind, details, Decimal(0)
        )
        await work.session.refresh(row)
        await work.commit()
    hand.people.note(hand.by, row.sync_id, "event_type", kind)


async def read_messages(hand: Hand) -> None:
    """All of them."""
    await hand.call(MarkNotificationsRead())


async def texts(parts: Parts) -> set[str]:
    """All that people have written and is in a database, each as JSON."""
    found: set[str] = set()
    async with parts.database.unit_of_work() as work:
        for column in WRITTEN:
            values = (await work.session.scalars(select(column))).all()
            found |= {json.dumps(each) for each in values if each is not None}
    return found


async def disputed(parts: Parts) -> set[str]:
    """What a machine keeps for somebody to decide, each as JSON."""
    async with parts.database.unit_of_work() as work:
        return {json.dumps(each.mine) for each in await work.sync_conflicts.all()}


async def decide(hand: Hand) -> None:
    """Keep one side of a conflict; of a whole row, what else was disputed in it goes with it."""
    listed = (await carry_out(ListConflicts(), hand.parts, _nobody)).conflicts
    if listed:
        conflict = hand.people.rng.choice(listed)
        keep: Literal["mine", "theirs"] = hand.people.rng.choice(("mine", "theirs"))
        before = await texts(hand.parts) | await disputed(hand.parts)
        call = DecideConflict(conflict_id=conflict.conflict_id, keep=keep)
        await carry_out(call, hand.parts, _nobody)
        gone = before - await texts(hand.parts) - await disputed(hand.parts)
        mine = [json.dumps(conflict.mine)] if keep == "mine" else []
        hand.people.given_up |= gone - set(mine)
        hand.people.chosen += mine


async def send_message(hand: Hand) -> None:
    """Everybody is told something."""
    text = hand.people.value("message", hand.by)
    async with hand.parts.database.unit_of_work() as work:
        for user in (await work.session.scalars(select(UserRow))).all():
            organization = hand.member.organization_id
            await work.notifications.add(user.id, organization, "hint", "Hello", text)
        await work.commit()


async def change_plan(hand: Hand) -> None:
    """As an event of Stripe does."""
    plan = hand.people.rng.choice([Plan.FREE, Plan.PRO, Plan.ENTERPRISE])
    limits = {**LIMITS[plan]._asdict(), "max_projects": 50, "max_users": 10}
    async with hand.parts.database.unit_of_work() as work:
        row = await work.session.get_one(OrganizationRow, hand.member.organization_id)
        row.plan = plan
        for name, value in limits.items():
            setattr(row, name, value)
        await work.commit()


async def hide_project(hand: Hand) -> None:
    """The team no longer shares it, or does so again."""
    row = await hand.one(ProjectRow, ProjectRow.organization_id == hand.member.organization_id)
    if row is not None:
        call = UpdateProject(project_id=row.id, share_with_team=not row.share_with_team)
        await hand.call(call)


def _nobody(event: dict[str, Any]) -> None:
    """Nobody looks at the progress."""


EVERYWHERE: Mapping[Edit, int] = {
    new_project: 2,
    describe_project: 4,
    rename_project: 2,
    new_campaign: 2,
    aim_campaign: 4,
    new_activity: 3,
    write_text: 4,
    rename_organization: 1,
}
AT_DESKTOPS = {**EVERYWHERE, use_model: 2, read_messages: 1, decide: 3}
ON_SERVER = {**EVERYWHERE, send_message: 2, change_plan: 1, hide_project: 1}
