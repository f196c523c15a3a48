"""Invite somebody to the organization: a link to hand over, and a mail where mails are sent."""

import secrets
from datetime import datetime, timedelta

from pydantic import BaseModel

from marketer_desktop.domain.permissions import Role
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.change_members import refuse_unless_owner
from marketer_desktop.services.email_address import Email
from marketer_desktop.services.invite_by_server import invite_by_server
from marketer_desktop.services.letters import link, send_letter
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Conflict
from marketer_desktop.services.user_quota import refuse_beyond_users

LIFE = timedelta(days=7)


class Invitation(BaseModel):
    """An open invitation; the link is told this once."""

    id: int
    email: str
    role: str
    link: str
    expires_at: datetime
    mail_sent: bool


class InviteMember(Call[Invitation]):
    """Whom, and as what; inviting somebody again makes the link before worthless."""

    email: Email
    role: Role = Role.MEMBER


async def invite_member(call: InviteMember, parts: Parts, emit: Emit) -> Invitation:
    """Raises `Conflict` for who belongs to it, `PlanExceeded` if the plan has no more room.

    Into an organization of a server that one invites, here and now.
    """
    token = secrets.token_urlsafe(32)
    async with parts.database.unit_of_work() as work:
        acting = await work.workspaces.member()
        mirrored = await work.plan_contacts.of_organization(acting.organization_id)
        if mirrored is not None:
            await work.rollback()  # nothing is held while a server is asked
            told = await invite_by_server(parts, mirrored, call.email, call.role)
            return Invitation.model_validate(told)
        if call.role == Role.OWNER:
            refuse_unless_owner(acting)
        organization = await work.members.hold(acting.organization_id)
        user = await work.accounts.add(call.email)
        row = await work.members.invite(
            organization.id, user.id, call.role, acting.user_id, token, LIFE
        )
        if row is None:
            raise Conflict("This person is a member already.")
        await refuse_beyond_users(parts, work, organization)
        assert row.invitation_expires_at is not None
        await work.notifications.add(
            user.id,
            organization.id,
            "team_invite",
            f"Invitation to {organization.name}"[:255],
            f"You are invited to {organization.name} as {call.role}.",
        )
        await work.audit.record(
            acting.user_id, organization.id, "member.invite", "member", row.id, {"role": call.role}
        )
        await work.commit()
    parts.bus.changed("organizations", "notifications")
    where = link(parts, f"/invitations/{token}")
    sent = await send_letter(
        parts,
        user.email,
        f"Invitation to {organization.name}",
        _text(organization.name, call.role, where, row.invitation_expires_at),
    )
    return Invitation(
        id=row.id,
        email=user.email,
        role=row.role,
        link=where,
        expires_at=row.invitation_expires_at,
        mail_sent=sent,
    )


def _text(organization: str, role: Role, where: str, until: datetime) -> str:
    return (
        f"You are invited to {organization} as {role}.\n\n"
        f"To accept, open this link until {until:%Y-%m-%d}:\n{where}\n"
    )
