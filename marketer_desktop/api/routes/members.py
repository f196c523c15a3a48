"""The members of an organization, and those who are invited to be."""

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel

from marketer_desktop.api.asking import InOrganization
from marketer_desktop.api.parameters import Id
from marketer_desktop.api.router import EnvelopeRouter
from marketer_desktop.domain.permissions import Role
from marketer_desktop.services.change_members import (
    ChangeMember,
    LeaveOrganization,
    RemoveMember,
)
from marketer_desktop.services.invite_member import Invitation, InviteMember
from marketer_desktop.services.member_page import MemberEntry, MemberPage, ShowMemberPage

router = EnvelopeRouter(prefix="/api/organizations/{organization_id}/members", tags=["members"])


class NewRole(BaseModel):
    """What the member shall be."""

    role: Role


@router.get("")
async def list_members(
    asked: Annotated[ShowMemberPage, Query()], who: InOrganization
) -> MemberPage:
    """The members, and who is invited."""
    return await who.call(asked)


@router.post("", status_code=201)
async def invite_member(asked: InviteMember, who: InOrganization) -> Invitation:
    """A link to hand over; a mail, too, where the server sends mails."""
    return await who.call(asked)


@router.patch("/{member_id}")
async def change_member(member_id: Id, asked: NewRole, who: InOrganization) -> MemberEntry:
    """Another role."""
    return await who.call(ChangeMember(member_id=member_id, role=asked.role))


@router.delete("/me")
async def leave_organization(who: InOrganization) -> MemberEntry:
    """End one's own membership; the only owner cannot leave."""
    return await who.call(LeaveOrganization())


@router.delete("/{member_id}")
async def remove_member(member_id: Id, who: InOrganization) -> MemberEntry:
    """End a membership, or take an invitation back."""
    return await who.call(RemoveMember(member_id=member_id))
