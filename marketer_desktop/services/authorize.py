"""The one check of permissions: of every call, from the window, the command line and the API."""

from marketer_desktop.domain.permissions import Permission, Role, may
from marketer_desktop.services.needed_permissions import NEEDED
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import PermissionDenied
from marketer_desktop.storage.repositories.workspaces import Member


async def authorize(parts: Parts, name: str) -> None:
    """Raise `PermissionDenied`, and note the attempt, unless the call `name` is allowed."""
    needed = NEEDED[name]
    if needed is None:
        return
    member = parts.database.member
    if member is None:
        if needed is Permission.INSTALLATION_MANAGE:  # the person at this computer
            return
        async with parts.database.unit_of_work() as work:
            member = await work.workspaces.member()
            await work.commit()
    if not may(Role(member.role), needed, administers=member.administers):
        await _note(parts, member, name, needed)
        raise PermissionDenied(needed)


async def _note(parts: Parts, member: Member, name: str, needed: Permission) -> None:
    async with parts.database.unit_of_work() as work:
        await work.audit.record(
            member.user_id,
            member.organization_id,
            "access.refused",
            details={"call": name, "permission": needed},
            status="failure",
        )
        await work.commit()
