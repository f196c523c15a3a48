"""Keeps other sites from filling in our forms: a cookie and a field that have to say the same."""

import hmac
import re
import secrets

from starlette.requests import Request
from starlette.responses import Response

from marketer_desktop.services.refusals import Conflict

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
FORGED = (
    "This form was not filled in here, or the browser keeps no cookies for this site. Nothing was "
    "done. Allow them, and send the form again."
)


def form_token(request: Request) -> str:
    """What the form's hidden field says: the cookie that is there, else a new one."""
    kept = request.cookies.get(_name(request), "")
    return kept if TOKEN.fullmatch(kept) else secrets.token_urlsafe(32)


def keep_form_token(request: Request, response: Response, token: str) -> None:
    """Have the browser keep it, for other pages of the same person, too: they may have several."""
    response.set_cookie(
        _name(request), token, secure=_is_secure(request), httponly=True, samesite="lax"
    )


def refuse_forged(request: Request, token: str) -> None:
    """Raises `Conflict` unless the form came from one of our pages in the same browser."""
    kept = request.cookies.get(_name(request), "")
    same = hmac.compare_digest(kept.encode(), token.encode(errors="replace"))
    elsewhere = request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin"
    if elsewhere or not same or not TOKEN.fullmatch(kept):
        raise Conflict(FORGED)


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"


def _name(request: Request) -> str:
    # With this prefix browsers take it over TLS only, and from no neighbouring host.
    return "__Host-marketer-form" if _is_secure(request) else "marketer-form"
