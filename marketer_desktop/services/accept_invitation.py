"""See what an invitation is for, and accept it."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated

from pydantic import BaseModel, Field, StrictBool, StringConstraints

from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.change_password import NewPassword, set_password
from marketer_desktop.services.log_in import LoggedIn, logged_in
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Conflict, NotFound, Unauthorized
from marketer_desktop.storage.tables import OrganizationMemberRow, OrganizationRow, UserRow
from marketer_desktop.storage.unit_of_work import UnitOfWork
from marketer_desktop.system.passwords import is_password, password_hash

Token = Annotated[str, StringConstraints(min_length=1, max_length=1024)]
Invited = tuple[OrganizationMemberRow, UserRow, OrganizationRow]


class OpenInvitation(BaseModel):
    """What is offered to whom; one with an account signs in to accept, here or with Clerk."""

    organization: str
    email: str
    role: str
    expires_at: datetime
    has_account: bool
    signs_in_elsewhere: bool


class ShowInvitation(Call[OpenInvitation]):
    """The token of its link."""

    token: Token


class AcceptInvitation(Call[LoggedIn]):
    """By who is signed in as `user_id`, or with the account's password; a new account gets one."""

    token: Token
    user_id: int | None = None
    name: str | None = Field(default=None, max_length=255)
    password: NewPassword | None = None
    remember: StrictBool = False


async def show_invitation(call: ShowInvitation, parts: Parts, emit: Emit) -> OpenInvitation:
    """Raises `NotFound` for one that has been accepted, was taken back, or has expired."""
    async with parts.database.unit_of_work() as work:
        row, user, organization = await _invited(work, call.token)
    assert row.invitation_expires_at is not None
    return OpenInvitation(
        organization=organization.name,
        email=user.email,
        role=row.role,
        expires_at=row.invitation_expires_at,
        has_account=_has_account(user),
        signs_in_elsewhere=user.clerk_id is not None,
    )


async def accept_invitation(call: AcceptInvitation, parts: Parts, emit: Emit) -> LoggedIn:
    """A membership, and a new session. Raises `Unauthorized` for a wrong password."""
    async with parts.database.unit_of_work() as work:
        _, user, _ = await _invited(work, call.token)
    new_hash = await _proved(call, user)
    async with parts.database.unit_of_work() as work:
        row, user, organization = await _invited(work, call.token)
        user = await work.people.locked(user.id)
        if new_hash is not None:
            if _has_account(user):  # made by somebody else in the meantime
                raise Conflict("This account has a password by now. Sign in with that one.")
            await set_password(work, user, new_hash)
        if call.name and user.name is None:
            await work.people.rename(user.id, call.name)
        row.joined_at, row.invitation_token = datetime.now(UTC), None
        await work.audit.record(user.id, organization.id, "member.join", "member", row.id)
        signed_in = await logged_in(work, parts, user, remember=call.remember)
        await work.commit()
    parts.bus.changed("organizations")
    return signed_in


async def _invited(work: UnitOfWork, token: str) -> Invited:
    found = await work.members.invited(token)
    if found is None:
        raise NotFound(
            "There is no such invitation. It was accepted, taken back, or has expired: ask for "
            "a new one."
        )
    return found


def _has_account(user: UserRow) -> bool:
    return user.password_hash is not None or user.clerk_id is not None


async def _proved(call: AcceptInvitation, user: UserRow) -> str | None:
    """See that the right person accepts; the hash of the password of a new account."""
    if call.user_id is not None:
        if call.user_id != user.id:
            raise Conflict("This invitation is for another account. Sign in to that one.")
        return None
    if not _has_account(user):
        if call.password is None:
            raise Conflict("Choose a password for the new account.")
        return await asyncio.to_thread(password_hash, call.password)
    if not await asyncio.to_thread(is_password, call.password or "", user.password_hash):
        raise Unauthorized("There is an account with this address. Sign in, or give its password.")
    return None
