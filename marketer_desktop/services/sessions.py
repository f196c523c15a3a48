"""Sessions: open one, go on with it by a token that is good once, end it."""

import secrets
from datetime import timedelta
from uuid import UUID, uuid4

from pydantic import BaseModel, Field

from marketer_desktop.services.access import INVALID, signing_secret
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Unauthorized
from marketer_desktop.storage.unit_of_work import UnitOfWork
from marketer_desktop.system.tokens import ACCESS_LIFE, access_token

REMEMBERED = timedelta(days=30)


class Tokens(BaseModel):
    """A token for the `Authorization` header, and one that is good for one refresh."""

    token: str
    refresh_token: str


class RefreshTokens(Call[Tokens]):
    """The refresh token that came last."""

    refresh_token: str = Field(min_length=1, max_length=255)


class SignedOut(BaseModel):
    """What has ended: the `session`, or `all` of them."""

    ended: str


class SignOut(Call[SignedOut]):
    """End a session, or with `everywhere` all sessions of the account."""

    session: UUID | None = None
    everywhere: bool = False


async def open_session(
    work: UnitOfWork, parts: Parts, user_id: int, *, remember: bool, family: UUID | None = None
) -> Tokens:
    """A new session; one that is not remembered ends with its access token."""
    family, refresh = family or uuid4(), secrets.token_urlsafe(32)
    life = REMEMBERED if remember else ACCESS_LIFE
    await work.sessions.add(user_id, family, refresh, life)
    token = access_token(user_id, signing_secret(parts), family)
    return Tokens(token=token, refresh_token=refresh)


async def refresh_tokens(call: RefreshTokens, parts: Parts, emit: Emit) -> Tokens:
    """New tokens for the one that came last.

    One that was replaced by another has been in two hands: its session ends. That the other was
    not used yet may be for an answer that was lost: then it is replaced once more. Raises
    `Unauthorized`.
    """
    async with parts.database.unit_of_work() as work:
        used = await work.sessions.use(call.refresh_token)
        if used is None:
            raise Unauthorized(INVALID)
        user, _ = await work.accounts.with_memberships(used.user_id)
        if user is None or used.reused:
            await work.sessions.close(used.family)
            await work.audit.record(used.user_id, None, "session.revoke", status="failure")
            await work.commit()
            raise Unauthorized(INVALID)
        refresh = secrets.token_urlsafe(32)
        await work.sessions.add(used.user_id, used.family, refresh, REMEMBERED, used.token_id)
        await work.commit()
    token = access_token(used.user_id, signing_secret(parts), used.family)
    return Tokens(token=token, refresh_token=refresh)


async def sign_out(call: SignOut, parts: Parts, emit: Emit) -> SignedOut:
    """Its access token, too, is worth nothing from now on."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        if call.everywhere:
            await work.sessions.close_all(member.user_id)
        elif call.session is not None:
            await work.sessions.close(call.session)
        await work.audit.record(member.user_id, None, "session.end")
        await work.commit()
    return SignedOut(ended="all" if call.everywhere else "session")
