"""Who one is: sign in and out, stay signed in, and the account with its organizations."""

from fastapi import Request, Response
from pydantic import BaseModel, StrictBool

from marketer_desktop.api.asking import Anybody, AsPerson, SignedIn
from marketer_desktop.api.limits import LimitedByAddress
from marketer_desktop.api.router import EnvelopeRouter
from marketer_desktop.services.browser_sign_in import ExchangeCode
from marketer_desktop.services.change_password import ChangePassword
from marketer_desktop.services.edit_me import EditMe, MyProfile
from marketer_desktop.services.issuer_sign_in import SignInByIssuer
from marketer_desktop.services.log_in import LoggedIn, LogIn
from marketer_desktop.services.me import Me, me
from marketer_desktop.services.sessions import RefreshTokens, SignedOut, SignOut, Tokens
from marketer_desktop.services.sign_in_ways import SignInWays, sign_in_ways

router = EnvelopeRouter(prefix="/api", tags=["auth"])


class Leaving(BaseModel):
    """Whether all sessions of the account end, or this one."""

    everywhere: StrictBool = False


@router.post("/login", dependencies=[LimitedByAddress])
async def log_in(asked: LogIn, who: Anybody) -> LoggedIn:
    """A token for an e-mail address and its password."""
    return await who.call(asked)


@router.post("/auth/token")
async def exchange_code(asked: ExchangeCode, who: Anybody, response: Response) -> LoggedIn:
    """Tokens for the code that the sign-in page sent to a desktop, which proves that it asked."""
    response.headers["Cache-Control"] = "no-store"
    return await who.call(asked)


@router.get("/auth/ways")
async def show_ways(request: Request) -> SignInWays:
    """How one can sign in here; asked before anybody has."""
    state = request.app.state
    return sign_in_ways(state.parts.settings, has_pages=state.local is None)


@router.post("/auth/id-token", dependencies=[LimitedByAddress])
async def sign_in_by_issuer(asked: SignInByIssuer, who: Anybody, response: Response) -> LoggedIn:
    """Tokens for the ID token of the issuer that this server names in its ways to sign in."""
    response.headers["Cache-Control"] = "no-store"
    return await who.call(asked)


@router.post("/token/refresh")
async def refresh_tokens(asked: RefreshTokens, who: Anybody) -> Tokens:
    """New tokens for a refresh token, which is good once."""
    return await who.call(asked)


@router.post("/logout")
async def sign_out(who: AsPerson, asked: Leaving | None = None) -> SignedOut:
    """End the session that the token belongs to, or all sessions."""
    everywhere = asked is not None and asked.everywhere
    return await who.call(SignOut(session=who.person.session, everywhere=everywhere))


@router.get("/me")
async def show_me(who: SignedIn) -> Me:
    """Whoever is signed in, with their organizations."""
    return me(who)


@router.patch("/me")
async def edit_me(asked: EditMe, who: AsPerson) -> MyProfile:
    """Change the name, language, time zone or usual organization."""
    return await who.call(asked)


@router.post("/me/password", dependencies=[LimitedByAddress])
async def change_password(asked: ChangePassword, who: AsPerson) -> LoggedIn:
    """Another password; every session ends, and a new one begins."""
    return await who.call(asked)
