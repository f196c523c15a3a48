"""Make the administrator of a server, who has nobody to be invited by."""

import asyncio

from pydantic import BaseModel, ValidationError

from marketer_desktop.domain.plans import LIMITS, Plan
from marketer_desktop.services.call import WrongUse, said_plainly
from marketer_desktop.services.change_password import NewPassword, set_password
from marketer_desktop.services.email_address import Email
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.unit_of_work import UnitOfWork
from marketer_desktop.system.passwords import password_hash

NAME, SLUG = "Team", "team"


class _Named(BaseModel):
    email: Email
    password: NewPassword


async def create_administrator(parts: Parts, email: str, password: str) -> int:
    """An account that administers the installation, with this password; returns its number.

    An administrator who is there already stays as they are: a server may be told at every start.
    Who belongs to no organization gets one without limits. Raises `WrongUse`.
    """
    try:
        named = _Named(email=email, password=password)
    except ValidationError as error:
        raise WrongUse(said_plainly(error)) from error
    kept = await asyncio.to_thread(password_hash, named.password)
    async with parts.database.unit_of_work() as work:
        user = await work.accounts.add(named.email)
        if user.role == "admin" and user.password_hash is not None:
            return user.id
        await set_password(work, user, kept)
        await work.people.make_administrator(user.id)
        await _give_organization(work, user.id)
        await work.audit.record(user.id, None, "account.administrator", "user", user.id)
        await work.commit()
    return user.id


async def _give_organization(work: UnitOfWork, user_id: int) -> None:
    if await work.organizations.of_user(user_id):
        return
    plan = {"plan": Plan.ENTERPRISE, **LIMITS[Plan.ENTERPRISE]._asdict()}
    await work.organizations.register(user_id, NAME, SLUG, plan)
