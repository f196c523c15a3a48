"""A forgotten password: a link with which another one can be set, once and within an hour."""

import asyncio
from datetime import UTC, datetime

from pydantic import BaseModel, Field, StrictBool

from marketer_desktop.services.access import signing_secret
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.change_password import NewPassword, set_password
from marketer_desktop.services.email_address import Email
from marketer_desktop.services.letters import link, mail_host, send_letter
from marketer_desktop.services.log_in import LoggedIn, logged_in
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Conflict, NotFound
from marketer_desktop.storage.tables import UserRow
from marketer_desktop.storage.unit_of_work import UnitOfWork
from marketer_desktop.system.passwords import password_hash
from marketer_desktop.system.tokens import (
    PASSWORD_LIFE,
    BadToken,
    fits,
    password_token,
    user_of_password_token,
)

GONE = "This link was used, or has expired. Ask for a new one."


class LetterSent(BaseModel):
    """What was promised; whether there is such an account is not said."""

    message: str = "If there is an account with this address, a mail is on its way."


class ForgetPassword(Call[LetterSent]):
    """Whose password is forgotten."""

    email: Email


class PasswordLink(BaseModel):
    """A link to hand over; it is told this once."""

    email: str
    link: str
    expires_at: datetime


class MakePasswordLink(Call[PasswordLink]):
    """For whom: an administrator of the installation hands it over."""

    email: Email


class OpenPasswordLink(BaseModel):
    """Whose password a link sets."""

    email: str


class ShowPasswordLink(Call[OpenPasswordLink]):
    """The token of a link."""

    token: str = Field(min_length=1, max_length=1024)


class ResetPassword(Call[LoggedIn]):
    """The token of a link, and the password that it shall be."""

    token: str = Field(min_length=1, max_length=1024)
    password: NewPassword
    remember: StrictBool = False


def refuse_without_mail(parts: Parts) -> None:
    """Raises `Conflict` where no mails are sent."""
    if mail_host(parts.settings) is None:
        raise Conflict("This server sends no mails. Ask its administrator for a link.")


async def forget_password(call: ForgetPassword, parts: Parts, emit: Emit) -> LetterSent:
    """A letter with a link, if there is such an account; takes longer if there is."""
    refuse_without_mail(parts)
    user = await _local_account(parts, call.email)
    if user is not None:
        made = _link(parts, user)
        await send_letter(
            parts,
            user.email,
            "Another password",
            "Somebody, perhaps you, asked for another password for this address.\n\n"
            f"To set one, open this link within an hour:\n{made.link}\n\n"
            "If it was not you, there is nothing to do.\n",
        )
    return LetterSent()


async def make_password_link(call: MakePasswordLink, parts: Parts, emit: Emit) -> PasswordLink:
    """Raises `NotFound`."""
    user = await _local_account(parts, call.email)
    if user is None:
        raise NotFound("There is no active account with this address that has a password of ours.")
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        await work.audit.record(member.user_id, None, "account.password_link", "user", user.id)
        await work.commit()
    return _link(parts, user)


async def show_password_link(call: ShowPasswordLink, parts: Parts, emit: Emit) -> OpenPasswordLink:
    """Raises `NotFound` for a link that is worn out."""
    return OpenPasswordLink(email=(await _user(parts, call.token)).email)


async def reset_password(call: ResetPassword, parts: Parts, emit: Emit) -> LoggedIn:
    """All sessions end, and a new one begins. Raises `NotFound` for a link that is worn out."""
    await _user(parts, call.token)
    kept = await asyncio.to_thread(password_hash, call.password)
    async with parts.database.unit_of_work() as work:
        user = await _fitting(work, parts, call.token)
        await set_password(work, user, kept)
        signed_in = await logged_in(work, parts, user, remember=call.remember)
        await work.commit()
    return signed_in


async def _user(parts: Parts, token: str) -> UserRow:
    async with parts.database.unit_of_work() as work:
        return await _fitting(work, parts, token)


async def _fitting(work: UnitOfWork, parts: Parts, token: str) -> UserRow:
    """The account whose password the token may set now, held."""
    secret = signing_secret(parts)
    try:
        user = await work.people.locked(user_of_password_token(token, secret))
        if user.is_active and fits(token, user.password_hash, secret):
            return user
    except (BadToken, LookupError) as error:
        raise NotFound(GONE) from error
    raise NotFound(GONE)


async def _local_account(parts: Parts, email: str) -> UserRow | None:
    async with parts.database.unit_of_work() as work:
        user = await work.accounts.by_email(email)
    signs_in_here = user is not None and user.is_active and user.clerk_id is None
    return user if signs_in_here else None


def _link(parts: Parts, user: UserRow) -> PasswordLink:
    token = password_token(user.id, user.password_hash, signing_secret(parts))
    return PasswordLink(
        email=user.email,
        link=link(parts, f"/password/{token}"),
        expires_at=datetime.now(UTC) + PASSWORD_LIFE,
    )
