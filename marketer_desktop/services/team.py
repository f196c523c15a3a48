"""The team: who belongs to the organization."""

from datetime import datetime

from pydantic import BaseModel

from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.repositories.workspaces import LOCAL_EMAIL


class Member(BaseModel):
    """One member; `email` is None for someone without an account, `is_you` marks the caller."""

    user_id: int
    name: str | None
    email: str | None
    role: str
    joined_at: datetime | None
    is_you: bool


class MemberList(BaseModel):
    """In the order in which they came."""

    members: list[Member]


class ListMembers(Call[MemberList]):
    """The members of the current organization."""


async def list_members(call: ListMembers, parts: Parts, emit: Emit) -> MemberList:
    """Read the members of the organization that is worked in."""
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.member()
        rows = await work.members.list(place.organization_id)
        await work.commit()
    return MemberList(
        members=[
            Member(
                user_id=user.id,
                name=user.name,
                email=None if user.email == LOCAL_EMAIL else user.email,
                role=membership.role,
                joined_at=membership.joined_at,
                is_you=user.id == place.user_id,
            )
            for membership, user in rows
        ]
    )
