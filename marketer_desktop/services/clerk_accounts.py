"""Accounts of people who sign in with Clerk: found, joined with an older one, or made."""

import asyncio

from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Unauthorized, Unavailable
from marketer_desktop.settings.settings import Settings
from marketer_desktop.storage.tables import UserRow
from marketer_desktop.storage.unit_of_work import UnitOfWork
from marketer_desktop.system.clerk import (
    BadClerkToken,
    ClerkIdentity,
    ClerkIsSilent,
    ClerkIssuer,
    clerk_identity,
)


def clerk_issuer(settings: Settings) -> ClerkIssuer | None:
    """Whose tokens are taken, if all of it is said."""
    url, issuer, audience = (
        settings.clerk_jwks_url,
        settings.clerk_issuer,
        settings.clerk_audience,
    )
    if url is None or issuer is None or audience is None:
        return None
    return ClerkIssuer(url, issuer, audience)


async def clerk_user(parts: Parts, token: str, by: ClerkIssuer, nonce: str | None = None) -> int:
    """The number of the account. Raises `Unauthorized`, `Unavailable`."""
    try:
        identity = await asyncio.to_thread(clerk_identity, token, by, nonce)
    except BadClerkToken as error:
        raise Unauthorized("Invalid or expired authentication token") from error
    except ClerkIsSilent as error:
        raise Unavailable(
            "It cannot be checked just now who you are: Clerk does not answer. Try again soon."
        ) from error
    async with parts.database.unit_of_work() as work:
        user = await work.accounts.by_clerk_id(identity.clerk_id)
        if user is None:
            user = await _first_seen(work, identity)
            await work.commit()
    return user.id


async def _first_seen(work: UnitOfWork, identity: ClerkIdentity) -> UserRow:
    """An account of that address is joined; what opened it before does so no more.

    Clerk has verified the address, and who chose that password perhaps has not.
    """
    if identity.email is None:
        raise Unauthorized("The token names no verified e-mail address.")
    user = await work.accounts.add(identity.email)
    joined = await work.accounts.join_clerk(user.id, identity.clerk_id)
    if not joined:
        raise Unauthorized("This e-mail address belongs to another account of Clerk.")
    await work.sessions.close_all(user.id)
    await work.audit.record(user.id, None, "account.clerk", "user", user.id)
    return user
