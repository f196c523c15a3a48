"""A desktop signs in at the issuer that this server trusts: an ID token for a session here."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from marketer_desktop.services.access import INVALID
from marketer_desktop.services.browser_sign_in import Client
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.clerk_accounts import clerk_issuer, clerk_user
from marketer_desktop.services.log_in import LoggedIn, logged_in
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Unauthorized
from marketer_desktop.settings.settings import Settings
from marketer_desktop.system.clerk import ClerkIssuer

NO_ISSUER = "This server trusts nobody else to sign people in. Sign in with e-mail and password."


class SignInByIssuer(Call[LoggedIn]):
    """An ID token that the issuer made for a desktop's sign-in, which is told by its `nonce`."""

    client_id: Client
    id_token: str = Field(min_length=1, max_length=16_384, repr=False)
    nonce: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{43,128}$")]


def desktop_issuer(settings: Settings) -> ClerkIssuer | None:
    """Whose ID tokens are taken: the issuer of Clerk's tokens, if it knows desktops, too."""
    by = clerk_issuer(settings)
    if by is None or settings.clerk_client_id is None:
        return None
    return replace(by, audience=settings.clerk_client_id)


async def sign_in_by_issuer(call: SignInByIssuer, parts: Parts, emit: Emit) -> LoggedIn:
    """A session that is remembered. Raises `Unauthorized`, `Unavailable`."""
    by = desktop_issuer(parts.settings)
    if by is None:
        raise Unauthorized(NO_ISSUER)
    user_id = await clerk_user(parts, call.id_token, by, call.nonce)
    async with parts.database.unit_of_work() as work:
        user, _ = await work.accounts.with_memberships(user_id)
        if user is None:
            raise Unauthorized(INVALID)
        await work.people.note_sign_in(user.id, datetime.now(UTC))
        told = {"client": call.client_id, "issuer": by.issuer}
        await work.audit.record(user.id, None, "session.start", details=told)
        signed_in = await logged_in(work, parts, user, remember=True)
        await work.commit()
    return signed_in
