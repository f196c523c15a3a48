"""One change of a desktop, carried out by the services that the API and the window call for it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel

from marketer_desktop.domain.sync import Entity, Mutation
from marketer_desktop.services.authorize import authorize
from marketer_desktop.services.call import Call, Emit, WrongUse
from marketer_desktop.services.campaigns import (
    CampaignChanges,
    CampaignFields,
    ChangeCampaign,
    CreateCampaign,
    change_campaign,
    create_campaign,
)
from marketer_desktop.services.change_members import (
    ChangeMember,
    RemoveMember,
    change_member,
    remove_member,
)
from marketer_desktop.services.create_activity import CreateActivity, create_activity
from marketer_desktop.services.edit_organization import EditOrganization, edit_organization
from marketer_desktop.services.notifications import MarkNotification, mark_notification
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.projects import (
    CreateProject,
    ProjectChanges,
    UpdateProject,
    create_project,
    update_project,
)
from marketer_desktop.services.receive_text import ReceiveText, receive_text
from marketer_desktop.services.refusals import Conflict, NotFound, PermissionDenied
from marketer_desktop.services.report_usage import ReportUsage, report_usage
from marketer_desktop.services.start_activity import PlacedBrief
from marketer_desktop.services.update_activity import UpdateActivity, update_activity
from marketer_desktop.storage.unit_of_work import UnitOfWork

Result = TypeVar("Result", bound=BaseModel)
Asked = TypeVar("Asked", bound=Call[Any])
Fields = dict[str, Any]

TEXT = ("content", "report", "status", "revision")
BRIEF = frozenset(PlacedBrief.model_fields) - {"campaign_id", "project_id", "document_ids"}
PARENTS = {
    Entity.PROJECT: (Entity.ORGANIZATION, "organization"),
    Entity.CAMPAIGN: (Entity.PROJECT, "project"),
    Entity.ACTIVITY: (Entity.CAMPAIGN, "campaign"),
    Entity.USAGE_EVENT: (Entity.ORGANIZATION, "organization"),
}


@dataclass(frozen=True)
class Pushing:
    """The parts of whoever pushes, in the organization that the change is for.

    All is done inside the transaction of `work`. `refused` are the calls that they may not make.
    """

    parts: Parts
    work: UnitOfWork
    refused: list[tuple[str, PermissionDenied]] = field(default_factory=list)

    async def call(
        self,
        service: Callable[[Asked, Parts, Emit], Awaitable[Result]],
        kind: type[Asked],
        fields: Fields,
    ) -> Result:
        """Carry a call out, if it is allowed and has no other fields than these."""
        unknown = fields.keys() - kind.model_fields.keys()
        if unknown:
            raise WrongUse(f"There is no such field: {', '.join(sorted(unknown))}.")
        try:
            await authorize(self.parts, kind.__name__)
            return await service(kind.model_validate(fields), self.parts, lambda event: None)
        except PermissionDenied as refused:
            self.refused.append((kind.__name__, refused))
            raise

    async def name(self, entity: Entity, number: int, sync_id: UUID) -> None:
        """Let a row that was made here be known by what it is called on the desktop."""
        if await self.work.sync_rows.placed(entity, sync_id) is not None:
            raise Conflict(f"There is another {entity} of this sync_id. Give it a new one.")
        await self.work.sync_rows.identify(entity, number, sync_id)


Making = Callable[[Pushing, Mutation, int], Awaitable[None]]


async def _make_project(pushing: Pushing, mutation: Mutation, organization: int) -> None:
    """With the first campaign, which every project has, under the identity it has elsewhere."""
    fields = _without(mutation, "organization", "first_campaign", "is_archived")
    made = await pushing.call(create_project, CreateProject, {**fields, "share_with_team": True})
    number = made.project_id
    await pushing.name(Entity.PROJECT, number, mutation.sync_id)
    first = _identity(mutation.fields.get("first_campaign"))
    if first is not None:
        async with pushing.parts.database.autocommit() as part:
            (campaign,) = await part.campaigns.of_organization(organization, number)
        await pushing.name(Entity.CAMPAIGN, campaign.id, first)
    if mutation.fields.get("is_archived"):
        archive = {"project_id": number, "is_archived": True}
        await pushing.call(update_project, UpdateProject, archive)


async def _make_campaign(pushing: Pushing, mutation: Mutation, project: int) -> None:
    fields = _without(mutation, "project", "is_archived")
    fields = {**_named(fields, CampaignFields), "project_id": project}
    made = await pushing.call(create_campaign, CreateCampaign, fields)
    await pushing.name(Entity.CAMPAIGN, made.campaign_id, mutation.sync_id)
    if mutation.fields.get("is_archived"):
        await _change_campaign(
            pushing, mutation.model_copy(update={"fields": {"is_archived": True}}), made.campaign_id
        )


async def _make_activity(pushing: Pushing, mutation: Mutation, campaign: int) -> None:
    fields = {**_brief(mutation), "campaign_id": campaign}
    made = await pushing.call(create_activity, CreateActivity, fields)
    await pushing.name(Entity.ACTIVITY, made.activity_id, mutation.sync_id)
    await _receive_text(pushing, mutation, made.activity_id)


async def _report_usage(pushing: Pushing, mutation: Mutation, organization: int) -> None:
    fields = {**_without(mutation, "organization"), "sync_id": mutation.sync_id}
    await pushing.call(report_usage, ReportUsage, fields)


async def _change_organization(pushing: Pushing, mutation: Mutation, number: int) -> None:
    await pushing.call(edit_organization, EditOrganization, mutation.fields)


async def _change_member(pushing: Pushing, mutation: Mutation, number: int) -> None:
    """Another role, or `{"status": "removed"}`."""
    if mutation.fields == {"status": "removed"}:
        await pushing.call(remove_member, RemoveMember, {"member_id": number})
    else:
        fields = {**mutation.fields, "member_id": number}
        await pushing.call(change_member, ChangeMember, fields)


async def _mark_notification(pushing: Pushing, mutation: Mutation, number: int) -> None:
    fields = {**mutation.fields, "notification_id": number}
    await pushing.call(mark_notification, MarkNotification, fields)


async def _change_project(pushing: Pushing, mutation: Mutation, number: int) -> None:
    fields = {**_named(mutation.fields, ProjectChanges), "project_id": number}
    await pushing.call(update_project, UpdateProject, fields)


async def _change_campaign(pushing: Pushing, mutation: Mutation, number: int) -> None:
    changes = _named(mutation.fields, CampaignChanges)
    fields = {"campaign_id": number, "changes": changes}
    await pushing.call(change_campaign, ChangeCampaign, fields)


async def _change_activity(pushing: Pushing, mutation: Mutation, number: int) -> None:
    brief = _brief(mutation)
    brief.pop("type", None)  # what a text is does not change
    if brief:
        fields = {**brief, "activity_id": number}
        await pushing.call(update_activity, UpdateActivity, fields)
    await _receive_text(pushing, mutation, number)


async def _receive_text(pushing: Pushing, mutation: Mutation, number: int) -> None:
    told = {name: value for name, value in mutation.fields.items() if name in TEXT}
    if told:
        await pushing.call(receive_text, ReceiveText, {**told, "activity_id": number})


MAKE: Mapping[Entity, Making] = {
    Entity.PROJECT: _make_project,
    Entity.CAMPAIGN: _make_campaign,
    Entity.ACTIVITY: _make_activity,
    Entity.USAGE_EVENT: _report_usage,
}
CHANGE: Mapping[Entity, Making] = {
    Entity.ORGANIZATION: _change_organization,
    Entity.MEMBER: _change_member,
    Entity.NOTIFICATION: _mark_notification,
    Entity.PROJECT: _change_project,
    Entity.CAMPAIGN: _change_campaign,
    Entity.ACTIVITY: _change_activity,
}


def parent_of(mutation: Mutation) -> tuple[Entity, UUID]:
    """What a new row shall hang on. Raises `WrongUse`."""
    kind, name = PARENTS[mutation.entity]
    named = _identity(mutation.fields.get(name))
    if named is None:
        raise WrongUse(f"A new {mutation.entity} names its {name}.")
    return kind, named


def _identity(given: Any) -> UUID | None:
    try:
        return None if given is None else UUID(str(given))
    except ValueError as error:
        raise WrongUse("What a row hangs on is named by its sync_id.") from error


def _brief(mutation: Mutation) -> Fields:
    """What is asked for, without what is only good on one machine."""
    unknown = mutation.fields.keys() - {"campaign", "brief", *TEXT}
    brief = mutation.fields.get("brief", {})
    if unknown or not isinstance(brief, dict):
        raise WrongUse(f"There is no such field: {', '.join(sorted(unknown)) or 'brief'}.")
    return {name: value for name, value in brief.items() if name in BRIEF}


def _without(mutation: Mutation, *names: str) -> Fields:
    return {name: value for name, value in mutation.fields.items() if name not in names}


def _named(fields: Fields, kind: type[BaseModel]) -> Fields:
    """The fields, if all of them are of this kind."""
    unknown = fields.keys() - kind.model_fields.keys()
    if unknown:
        raise WrongUse(f"There is no such field: {', '.join(sorted(unknown))}.")
    return fields


def not_there() -> NotFound:
    """What is said of a row that is not there, or that whoever pushes may not see."""
    return NotFound("This is not there, or not shared with you. Fetch what has changed.")
