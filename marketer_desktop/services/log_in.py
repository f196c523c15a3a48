"""Sign in to a local account with e-mail and password."""

import asyncio

from pydantic import BaseModel, Field

from marketer_desktop.services.access import signing_secret
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Unauthorized
from marketer_desktop.system.passwords import is_password
from marketer_desktop.system.tokens import access_token


class Account(BaseModel):
    """Whose account it is; `role` is the role on the installation."""

    id: int
    email: str
    role: str


class LoggedIn(BaseModel):
    """A token for the `Authorization` header, and whose it is."""

    token: str
    user: Account


class LogIn(Call[LoggedIn]):
    """E-mail and password of a local account."""

    email: str = Field(min_length=1, max_length=255)
    password: str = Field(min_length=1, max_length=1024)


async def log_in(call: LogIn, parts: Parts, emit: Emit) -> LoggedIn:
    """Which of the two was wrong is not said. Raises `Unauthorized`."""
    async with parts.database.unit_of_work() as work:
        user = await work.accounts.by_email(call.email)
    kept = user.password_hash if user is not None else None
    fits = await asyncio.to_thread(is_password, call.password, kept)
    if user is None or not fits or not user.is_active:
        raise Unauthorized("The e-mail address or the password is wrong.")
    return LoggedIn(
        token=access_token(user.id, signing_secret(parts)),
        user=Account(id=user.id, email=user.email, role=user.role),
    )
