"""The one check of permissions: of every call, from the window, the command line and the API."""

from marketer_desktop.domain.permissions import Permission, Role, may
from marketer_desktop.services.needed_permissions import NEEDED
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import PermissionDenied
from marketer_desktop.storage.repositories.workspaces import Member


async def authorize(parts: Parts, name: str) -> None:
    """Raise `PermissionDenied` unless the call `name` is allowed."""
    needed = NEEDED[name]
    if needed is None:
        return
    if parts.database.member is None and needed is Permission.INSTALLATION_MANAGE:
        return  # the person at this computer
    member = await _acting(parts)
    if not may(Role(member.role), needed, administers=member.administers):
        raise PermissionDenied(needed)


async def note_refusal(parts: Parts, name: str, refused: PermissionDenied) -> None:
    """Note that the call `name` was attempted, here or by a service that knew more."""
    member = await _acting(parts)
    async with parts.database.unit_of_work() as work:
        await work.audit.record(
            member.user_id,
            member.organization_id or None,
            "access.refused",
            details={"call": name, "permission": refused.permission},
            status="failure",
        )
        await work.commit()


async def _acting(parts: Parts) -> Member:
    if parts.database.member is not None:
        return parts.database.member
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        await work.commit()
    return member
