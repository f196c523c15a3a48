"""The members of an organization, and those who are invited, in pages."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.pages import Paged, Pagination
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.tables import OrganizationMemberRow, UserRow


class MemberUser(BaseModel):
    """Whose membership it is."""

    id: int
    email: str
    name: str | None


class MemberEntry(BaseModel):
    """A membership, or the invitation to one."""

    id: int
    user: MemberUser
    role: str
    status: Literal["active", "invited"]
    invited_at: datetime
    joined_at: datetime | None


class MemberPage(BaseModel):
    """In the order in which they came."""

    members: list[MemberEntry]
    pagination: Pagination


class ShowMemberPage(Paged, Call[MemberPage]):
    """The members of the organization that is acted in."""


async def show_member_page(call: ShowMemberPage, parts: Parts, emit: Emit) -> MemberPage:
    """Those who joined first, and last who has not yet."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        total, found = await work.members.page(member.organization_id, call.offset, call.per_page)
        await work.commit()
    members = [member_entry(row, user) for row, user in found]
    return MemberPage(members=members, pagination=call.pagination(total))


def member_entry(row: OrganizationMemberRow, user: UserRow) -> MemberEntry:
    """A membership as it is shown."""
    return MemberEntry(
        id=row.id,
        user=MemberUser(id=user.id, email=user.email, name=user.name),
        role=row.role,
        status="active" if row.joined_at else "invited",
        invited_at=row.invited_at,
        joined_at=row.joined_at,
    )
