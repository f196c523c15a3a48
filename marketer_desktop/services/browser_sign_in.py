"""A desktop signs in through the browser: a code for the password, tokens for the code.

As RFC 6749 (4.1), 7636 (S256 only) and 8252 (7.3, loopback) have it: whoever else gets hold of the
code cannot exchange it, since only the program that asked knows the verifier.
"""

import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Annotated, Literal
from uuid import uuid4

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.log_in import LoggedIn, logged_in, with_password
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import InvalidGrant
from marketer_desktop.storage.repositories.sign_in_codes import TakenCode
from marketer_desktop.storage.unit_of_work import UnitOfWork

Client = Literal["marketer-desktop"]
LIFE = timedelta(seconds=60)
LOOPBACK = re.compile(r"http://127\.0\.0\.1:([1-9][0-9]{0,4})/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*")
HIGHEST_PORT = 65535
REFUSED = "This sign-in is over: its code was used, has expired, or is not yours. Sign in again."


def _loopback(uri: str) -> str:
    found = LOOPBACK.fullmatch(uri)
    if found is None or int(found[1]) > HIGHEST_PORT:
        raise ValueError("Must be http://127.0.0.1:PORT/…, without a query or a fragment")
    return uri


LoopbackUri = Annotated[str, StringConstraints(max_length=255), AfterValidator(_loopback)]
Challenge = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{43}$")]
Verifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._~-]{43,128}$")]


class Granted(BaseModel):
    """The code, which is told this once."""

    code: str


class GrantCode(Call[Granted]):
    """E-mail and password, the challenge of whoever asked, and where the code will be sent."""

    email: str = Field(min_length=1, max_length=255)
    password: str = Field(min_length=1, max_length=1024, repr=False)
    code_challenge: Challenge
    redirect_uri: LoopbackUri


class ExchangeCode(Call[LoggedIn]):
    """The code, the verifier that its challenge was made of, and where it was sent."""

    grant_type: Literal["authorization_code"]
    client_id: Client
    code: str = Field(min_length=1, max_length=255)
    code_verifier: Verifier
    redirect_uri: str = Field(min_length=1, max_length=255)


async def grant_code(call: GrantCode, parts: Parts, emit: Emit) -> Granted:
    """Raises `Unauthorized`."""
    user = await with_password(parts, call.email, call.password)
    code = secrets.token_urlsafe(32)
    async with parts.database.unit_of_work() as work:
        await work.sign_in_codes.add(
            code, user.id, uuid4(), call.code_challenge, call.redirect_uri, LIFE
        )
        await work.commit()
    return Granted(code=code)


async def exchange_code(call: ExchangeCode, parts: Parts, emit: Emit) -> LoggedIn:
    """A session that is remembered. Raises `InvalidGrant`; the code is worn out all the same.

    A code that comes twice has been in two hands: the session that it opened ends.
    """
    async with parts.database.unit_of_work() as work:
        taken = await work.sign_in_codes.take(call.code)
        signed_in = await _signed_in(work, parts, taken, call) if taken is not None else None
        await work.commit()
    if signed_in is None:
        raise InvalidGrant(REFUSED)
    return signed_in


async def _signed_in(
    work: UnitOfWork, parts: Parts, taken: TakenCode, call: ExchangeCode
) -> LoggedIn | None:
    if taken.reused:
        await work.sessions.close(taken.family)
        await work.audit.record(taken.user_id, None, "session.revoke", status="failure")
        return None
    if taken.expired or not _belongs_to(taken, call):
        await work.audit.record(taken.user_id, None, "session.start", status="failure")
        return None
    user, _ = await work.accounts.with_memberships(taken.user_id)
    if user is None:
        return None
    await work.people.note_sign_in(user.id, datetime.now(UTC))
    await work.audit.record(user.id, None, "session.start", details={"client": call.client_id})
    return await logged_in(work, parts, user, remember=True, family=taken.family)


def _belongs_to(taken: TakenCode, call: ExchangeCode) -> bool:
    made = urlsafe_b64encode(sha256(call.code_verifier.encode()).digest()).rstrip(b"=")
    same = hmac.compare_digest(made, taken.code_challenge.encode())
    return same and call.redirect_uri == taken.redirect_uri
