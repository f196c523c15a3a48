"""The profile of the person at this computer: name, organization, preferences."""

from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.repositories.workspaces import UNNAMED_ORGANIZATION
from marketer_desktop.storage.tables import OrganizationRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=255)]
OrganizationName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)
]


class Profile(BaseModel):
    """Who works here, and in which organization now; `name` is empty until it is given.

    `is_named` tells whether the organization has been given a name of its own.
    """

    user_id: int
    name: str
    organization_id: int
    organization: str
    preferences: dict[str, Any]
    is_named: bool = True


class ShowProfile(Call[Profile]):
    """The profile as it stands."""


class SaveProfile(Call[Profile]):
    """Change the person's name, the current organization's, or both; None leaves one alone."""

    name: Name | None = None
    organization: OrganizationName | None = None


class SavePreferences(Call[Profile]):
    """Set these preferences and leave the others as they are."""

    values: dict[str, Any] = Field(min_length=1)


async def show_profile(call: ShowProfile, parts: Parts, emit: Emit) -> Profile:
    """The profile; what is missing in the database is made."""
    async with parts.database.unit_of_work() as work:
        profile = await _profile(work)
        await work.commit()
    return profile


async def save_profile(call: SaveProfile, parts: Parts, emit: Emit) -> Profile:
    """Keep the names, and tell whoever shows them."""
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.local_workspace()
        if call.name is not None:
            await work.people.rename(place.user_id, call.name or None)
        if call.organization is not None:
            organization = await work.session.get_one(OrganizationRow, place.organization_id)
            organization.name = call.organization
        profile = await _profile(work)
        await work.commit()
    parts.bus.changed("profile", "organizations")
    return profile


async def save_preferences(call: SavePreferences, parts: Parts, emit: Emit) -> Profile:
    """Merge the preferences in one statement: two savers do not undo each other."""
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.local_workspace()
        await work.people.merge_preferences(place.user_id, call.values)
        profile = await _profile(work)
        await work.commit()
    parts.bus.changed("profile")
    return profile


async def _profile(work: UnitOfWork) -> Profile:
    place = await work.workspaces.local_workspace()
    user = await work.people.get(place.user_id)
    organization = await work.session.get_one(OrganizationRow, place.organization_id)
    return Profile(
        user_id=user.id,
        name=user.name or "",
        organization_id=organization.id,
        organization=organization.name,
        preferences=user.preferences,
        is_named=organization.name != UNNAMED_ORGANIZATION,
    )
