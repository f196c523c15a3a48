"""The team: who belongs to the organization."""

from datetime import datetime

from pydantic import BaseModel

from marketer_desktop.domain.permissions import Permission, Role, may
from marketer_desktop.domain.plans import Plan
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.repositories.workspaces import LOCAL_EMAIL


class Member(BaseModel):
    """One member; `email` is None for someone without an account, `is_you` marks the caller.

    Who has not `joined_at` any time is invited only.
    """

    member_id: int
    user_id: int
    name: str | None
    email: str | None
    role: str
    joined_at: datetime | None
    is_you: bool


class MemberList(BaseModel):
    """In the order in which they came, and what whoever asks may do about them.

    That is nothing where no server hears of it: in an organization of this computer alone.
    """

    members: list[Member]
    is_local: bool = True
    server: str = ""
    invites: bool = False
    changes: bool = False
    removes: bool = False
    makes_owners: bool = False


class ListMembers(Call[MemberList]):
    """The members of the current organization."""


async def list_members(call: ListMembers, parts: Parts, emit: Emit) -> MemberList:
    """Read the members of the organization that is worked in."""
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.member()
        rows = await work.members.list(place.organization_id)
        mirrored = await work.plan_contacts.of_organization(place.organization_id)
        organization = await work.organizations.get(place.organization_id)
        await work.commit()
    return MemberList(
        is_local=organization is None or organization.plan == Plan.LOCAL,
        server=mirrored.server if mirrored is not None else "",
        **(_rights(Role(place.role)) if mirrored is not None else {}),
        members=[
            Member(
                member_id=membership.id,
                user_id=user.id,
                name=user.name,
                email=None if user.email == LOCAL_EMAIL else user.email,
                role=membership.role,
                joined_at=membership.joined_at,
                is_you=user.id == place.user_id,
            )
            for membership, user in rows
        ],
    )


def _rights(role: Role) -> dict[str, bool]:
    return {
        "invites": may(role, Permission.MEMBER_INVITE),
        "changes": may(role, Permission.MEMBER_UPDATE),
        "removes": may(role, Permission.MEMBER_REMOVE),
        "makes_owners": may(role, Permission.OWNER_UPDATE),
    }
