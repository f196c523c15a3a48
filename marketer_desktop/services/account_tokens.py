"""Where an account stays signed in: its refresh token, among this computer's secrets."""

import asyncio
from functools import partial
from uuid import UUID

from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.server_problems import TokensLocked
from marketer_desktop.system.secrets import (
    SET_ONE,
    UNLOCK,
    NoKeyring,
    can_keep,
    forget_secret,
    keep_secret,
    secret,
    secrets_state,
)
from marketer_desktop.system.threads import run_to_the_end

WHAT, INSTEAD = "your sign-in", "work without an account"
LOCKED = "Your sign-in cannot be read just now: {problem} Unlock it, then try again."
NOWHERE = "Your sign-in could not be kept safely on this computer. {do}, then sign in."


class CannotKeep(ServiceError):
    """There is no place for tokens, or it is locked; the message says what to do."""


class AccountTokens:
    """The refresh token of the account that its server knows this desktop as `client_id` by."""

    def __init__(self, client_id: UUID) -> None:
        self._name = f"account-{client_id}"

    async def read(self) -> str | None:
        """The token; None if there is none. Raises `TokensLocked`."""
        found = await asyncio.to_thread(secret, self._name)
        if found is not None:
            return found
        state = await asyncio.to_thread(secrets_state)
        if state.problem:
            raise TokensLocked(LOCKED.format(problem=_sentence(state.problem)))
        return await asyncio.to_thread(secret, self._name)  # it may have been unlocked meanwhile

    async def keep(self, token: str) -> None:
        """Keep this one instead of the one before. Raises `CannotKeep`."""
        keep = partial(keep_secret, self._name, token, what=WHAT, instead=INSTEAD)
        try:
            await run_to_the_end(keep)
        except NoKeyring as error:
            raise CannotKeep(str(error)) from None

    async def forget(self) -> None:
        """Keep none. Raises `CannotKeep` while it cannot be removed."""
        try:
            await run_to_the_end(forget_secret, self._name)
        except NoKeyring as error:
            raise CannotKeep(str(error)) from None


async def refuse_without_a_place() -> None:
    """Before anybody signs in in vain. Raises `CannotKeep`."""
    if not await asyncio.to_thread(can_keep):
        state = await asyncio.to_thread(secrets_state)
        raise CannotKeep(NOWHERE.format(do=UNLOCK if state.locked else SET_ONE))


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
