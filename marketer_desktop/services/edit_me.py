"""Change the account that is signed in: name, language, time zone, usual organization."""

import asyncio
import zoneinfo
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import NotFound
from marketer_desktop.storage.repositories.workspaces import CURRENT
from marketer_desktop.storage.unit_of_work import UnitOfWork


class MyProfile(BaseModel):
    """An account with what its person can change."""

    id: int
    email: str
    role: str
    name: str | None
    locale: str
    timezone: str
    organization: str | None


class EditMe(Call[MyProfile]):
    """Only what is given is changed; `organization` is the slug of the one that is usual."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=255)] | None = None
    locale: str | None = Field(
        default=None, max_length=20, pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
    )
    timezone: str | None = Field(default=None, max_length=64)
    organization: str | None = Field(default=None, max_length=100)


async def edit_me(call: EditMe, parts: Parts, emit: Emit) -> MyProfile:
    """Raises `NotFound` for an organization that is not theirs, and for an unknown time zone."""
    if call.timezone is not None and not await asyncio.to_thread(_is_known, call.timezone):
        raise NotFound("There is no such time zone. Name one such as Europe/Berlin.")
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        values = call.model_dump(exclude_none=True, exclude={"organization"})
        if values:
            await work.people.describe(member.user_id, values)
        if call.organization is not None:
            await _prefer(work, member.user_id, call.organization)
        profile = await _profile(work, member.user_id)
        await work.commit()
    parts.bus.changed("profile")
    return profile


def _is_known(zone: str) -> bool:
    return zone in zoneinfo.available_timezones()


async def _prefer(work: UnitOfWork, user_id: int, slug: str) -> None:
    for row, _ in await work.organizations.of_user(user_id):
        if row.slug == slug:
            await work.people.merge_preferences(user_id, {CURRENT: row.id})
            return
    raise NotFound("There is no such organization. Name one of yours.")


async def _profile(work: UnitOfWork, user_id: int) -> MyProfile:
    user = await work.people.get(user_id)
    usual = user.preferences.get(CURRENT)
    mine = await work.organizations.of_user(user_id)
    return MyProfile(
        id=user.id,
        email=user.email,
        role=user.role,
        name=user.name,
        locale=user.locale,
        timezone=user.timezone,
        organization=next((row.slug for row, _ in mine if row.id == usual), None),
    )
