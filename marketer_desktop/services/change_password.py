"""Change the password of the account that is signed in."""

import asyncio
from typing import Annotated

from pydantic import Field, StrictBool, StringConstraints

from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.log_in import LoggedIn, logged_in
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Conflict
from marketer_desktop.storage.tables import UserRow
from marketer_desktop.storage.unit_of_work import UnitOfWork
from marketer_desktop.system.passwords import is_password, password_hash

SHORTEST = 8  # characters
NewPassword = Annotated[str, StringConstraints(min_length=SHORTEST, max_length=1024)]


class ChangePassword(Call[LoggedIn]):
    """The password as it is, and as it shall be."""

    current_password: str = Field(min_length=1, max_length=1024)
    new_password: NewPassword
    remember: StrictBool = False


async def change_password(call: ChangePassword, parts: Parts, emit: Emit) -> LoggedIn:
    """All sessions end, and a new one begins. Raises `Conflict` for a wrong password."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        user = await work.people.get(member.user_id)
        await work.commit()
    if user.password_hash is None:
        raise Conflict("This account has no password of ours: it signs in elsewhere.")
    if not await asyncio.to_thread(is_password, call.current_password, user.password_hash):
        raise Conflict("The current password is wrong.")
    kept = await asyncio.to_thread(password_hash, call.new_password)
    async with parts.database.unit_of_work() as work:
        await set_password(work, user, kept)
        signed_in = await logged_in(work, parts, user, remember=call.remember)
        await work.commit()
    return signed_in


async def set_password(work: UnitOfWork, user: UserRow, kept: str) -> None:
    """Keep this hash; whoever is signed in with the password before is so no more."""
    await work.people.set_password(user.id, kept)
    await work.sessions.close_all(user.id)
    await work.audit.record(user.id, None, "account.password", "user", user.id)
