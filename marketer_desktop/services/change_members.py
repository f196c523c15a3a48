"""Give a member another role, remove one, or leave; an organization always keeps an owner."""

from typing import Any

from marketer_desktop.domain.permissions import Permission, Role, may
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.member_page import MemberEntry, member_entry
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Conflict, NotFound, PermissionDenied
from marketer_desktop.storage.repositories.members import Membership
from marketer_desktop.storage.repositories.workspaces import Member
from marketer_desktop.storage.tables import OrganizationMemberRow
from marketer_desktop.storage.unit_of_work import UnitOfWork


class ChangeMember(Call[MemberEntry]):
    """Another role for a member, or for who is invited."""

    member_id: int
    role: Role


class RemoveMember(Call[MemberEntry]):
    """End a membership, or take an invitation back."""

    member_id: int


class LeaveOrganization(Call[MemberEntry]):
    """End one's own membership of the organization that is acted in."""


async def change_member(call: ChangeMember, parts: Parts, emit: Emit) -> MemberEntry:
    """From the next request on the member may do what the new role allows."""
    async with parts.database.unit_of_work() as work:
        acting = await work.workspaces.member()
        row, user = await _held(work, acting, call.member_id)
        if Role.OWNER in (call.role, row.role):
            refuse_unless_owner(acting)
        if call.role != Role.OWNER:
            await _keep_an_owner(work, row)
        details = {"from": row.role, "to": str(call.role)}
        row.role = call.role
        await work.session.flush()
        await _audit(work, acting, "member.role", row.id, details)
        changed = member_entry(row, user)
        await work.commit()
    parts.bus.changed("organizations")
    return changed


async def remove_member(call: RemoveMember, parts: Parts, emit: Emit) -> MemberEntry:
    """Everything that the member made stays with the organization."""
    async with parts.database.unit_of_work() as work:
        acting = await work.workspaces.member()
        row, user = await _held(work, acting, call.member_id)
        if row.role == Role.OWNER:
            refuse_unless_owner(acting)
        await _keep_an_owner(work, row)
        removed = await _ended(work, acting, (row, user), "member.remove")
        await work.commit()
    parts.bus.changed("organizations")
    return removed


async def leave_organization(call: LeaveOrganization, parts: Parts, emit: Emit) -> MemberEntry:
    """Whatever the role is; what one made stays with the organization."""
    async with parts.database.unit_of_work() as work:
        acting = await work.workspaces.member()
        await work.members.hold(acting.organization_id)
        found = await work.members.of_user(acting.organization_id, acting.user_id)
        if found is None:  # removed since the request was let in
            raise NotFound("You are not a member of this organization any more.")
        if await _is_only_owner(work, found[0]):
            raise Conflict(
                "You are the only owner. Make another member an owner first, or delete the "
                "organization."
            )
        left = await _ended(work, acting, found, "member.leave")
        await work.commit()
    parts.bus.changed("organizations", "profile")
    return left


def refuse_unless_owner(acting: Member) -> None:
    """Only owners make and unmake owners. Raises `PermissionDenied`."""
    if not may(Role(acting.role), Permission.OWNER_UPDATE):
        raise PermissionDenied(Permission.OWNER_UPDATE)


async def _held(work: UnitOfWork, acting: Member, member_id: int) -> Membership:
    await work.members.hold(acting.organization_id)
    found = await work.members.get(acting.organization_id, member_id)
    if found is None:
        raise NotFound("There is no such member.")
    return found


async def _keep_an_owner(work: UnitOfWork, row: OrganizationMemberRow) -> None:
    if await _is_only_owner(work, row):
        raise Conflict("This is the only owner. Make another member an owner first.")


async def _is_only_owner(work: UnitOfWork, row: OrganizationMemberRow) -> bool:
    owns = row.role == Role.OWNER and row.joined_at is not None
    return owns and await work.members.owners(row.organization_id) == 1


async def _ended(work: UnitOfWork, acting: Member, ending: Membership, action: str) -> MemberEntry:
    row, user = ending
    ended = member_entry(row, user)
    row.is_active, row.invitation_token = False, None
    await work.session.flush()
    await _audit(work, acting, action, row.id, {"user_id": user.id})
    return ended


async def _audit(
    work: UnitOfWork, acting: Member, action: str, member_id: int, details: dict[str, Any]
) -> None:
    await work.audit.record(
        acting.user_id, acting.organization_id, action, "member", member_id, details
    )
