"""Asks for a code through the browser, for a program that keeps no secret (RFC 8252, 7636)."""

import asyncio
import secrets
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlencode

from marketer_desktop.hybrid.account.loopback import browser_return
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.server_problems import SignInRefused

PATIENCE_SECONDS = 600.0
DONE = "You are signed in. You can close this page and go back to Marketer Desktop."
FAILED = "You are not signed in. Marketer Desktop says why. You can close this page."
CANCELLED = "The sign-in was cancelled in the browser. Nothing has changed."
TURNED_AWAY = "The sign-in page has refused: {reason}. Nothing has changed. Try again."
MIXED_UP = "Another service has answered than was asked. Nothing has changed. Try again."
TOO_LATE = "Nobody has signed in within ten minutes. Nothing has changed. Try again."


@dataclass(frozen=True)
class Code:
    """A code with what it takes to exchange it."""

    code: str
    verifier: str
    redirect_uri: str


@asynccontextmanager
async def code_from_browser(
    endpoint: str,
    asked: Mapping[str, str],
    show: Callable[[str], None],
    issuer: str | None = None,
) -> AsyncIterator[Code]:
    """Yield a code; how the block ends is what the browser's page says.

    `show` is told the page; `asked` is asked for besides what is always needed. Where the answer
    names who gave it, that has to be `issuer` (RFC 9207). Raises `SignInRefused`.
    """
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    async with browser_return(state) as back:
        question = {
            "response_type": "code",
            "redirect_uri": back.uri,
            "state": state,
            "code_challenge": _challenge(verifier),
            "code_challenge_method": "S256",
            **asked,
        }
        show(f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(question)}")
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                brought = await back.brought()
        except TimeoutError:
            raise SignInRefused(TOO_LATE) from None
        try:
            yield Code(_code(brought, issuer), verifier, back.uri)
        except ServiceError:
            back.show(FAILED)
            raise
        back.show(DONE)


def _code(brought: Mapping[str, str], issuer: str | None) -> str:
    if issuer is not None and brought.get("iss", issuer) != issuer:
        raise SignInRefused(MIXED_UP)
    if "code" in brought:
        return brought["code"]
    error = brought.get("error", "")
    if error == "access_denied":
        raise SignInRefused(CANCELLED)
    reason = brought.get("error_description") or error or "it has sent no code"
    raise SignInRefused(TURNED_AWAY.format(reason=reason[:200].rstrip(".")))


def _challenge(verifier: str) -> str:
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
