"""Sign in to a local account with e-mail and password."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID

from pydantic import BaseModel, Field, StrictBool

from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Unauthorized
from marketer_desktop.services.sessions import open_session
from marketer_desktop.storage.tables import UserRow
from marketer_desktop.storage.unit_of_work import UnitOfWork
from marketer_desktop.system.passwords import is_password


class Account(BaseModel):
    """Whose account it is; `role` is the role on the installation."""

    id: int
    email: str
    role: str


class LoggedIn(BaseModel):
    """A token for the `Authorization` header, and whose it is."""

    token: str
    refresh_token: str | None = Field(default=None, exclude_if=lambda value: value is None)
    user: Account


class LogIn(Call[LoggedIn]):
    """E-mail and password of a local account; to `remember` is to get a refresh token, too."""

    email: str = Field(min_length=1, max_length=255)
    password: str = Field(min_length=1, max_length=1024)
    remember: StrictBool = False


async def log_in(call: LogIn, parts: Parts, emit: Emit) -> LoggedIn:
    """Raises `Unauthorized`."""
    user = await with_password(parts, call.email, call.password)
    async with parts.database.unit_of_work() as work:
        await work.people.note_sign_in(user.id, datetime.now(UTC))
        signed_in = await logged_in(work, parts, user, remember=call.remember)
        await work.audit.record(user.id, None, "session.start")
        await work.commit()
    return signed_in


async def with_password(parts: Parts, email: str, password: str) -> UserRow:
    """The account that both belong to. Raises `Unauthorized`; which was wrong is not said."""
    async with parts.database.unit_of_work() as work:
        user = await work.accounts.by_email(email)
    kept = user.password_hash if user is not None else None
    right = await asyncio.to_thread(is_password, password, kept)
    if user is None or not right or not user.is_active:
        await _note_failure(parts, user)
        raise Unauthorized("The e-mail address or the password is wrong.")
    return user


async def logged_in(
    work: UnitOfWork,
    parts: Parts,
    user: UserRow,
    *,
    remember: bool = False,
    family: UUID | None = None,
) -> LoggedIn:
    """A new session of this account."""
    tokens = await open_session(work, parts, user.id, remember=remember, family=family)
    return LoggedIn(
        token=tokens.token,
        refresh_token=tokens.refresh_token if remember else None,
        user=Account(id=user.id, email=user.email, role=user.role),
    )


async def _note_failure(parts: Parts, user: UserRow | None) -> None:
    if user is None:
        return
    async with parts.database.unit_of_work() as work:
        await work.audit.record(user.id, None, "session.start", status="failure")
        await work.commit()
