"""Requests in the name of an account: it stays signed in without anybody noticing."""

import asyncio
from collections.abc import Mapping
from typing import Any, NoReturn

import httpx

from marketer_desktop.domain.departures import Departure
from marketer_desktop.hybrid.account.wire import Wire, code_of
from marketer_desktop.observability.logs import log
from marketer_desktop.services.account_rows import KnownAccount, note_signed_out, note_use
from marketer_desktop.services.account_tokens import AccountTokens, CannotKeep
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.server_problems import SignedOut, TokensLocked, Unreachable
from marketer_desktop.services.servers import Granted
from marketer_desktop.services.sessions import Tokens

SIGN_OUT_SECONDS = 10.0
ENDED = (
    "{host} has ended the session of {email}: it was signed out elsewhere, its password was "
    "changed, or the account was closed. Everything on this computer is kept. Sign in again to go "
    "on working with {host}."
)
GONE = (
    "The sign-in of {email} is no longer among the secrets of this computer. Everything else is "
    "kept. Sign in again."
)
SIGNED_OUT = "{email} is signed out of {host}. Sign in again."
DISAGREES = (
    "{host} does not take what it has just given out: its clock may be wrong. What is on this "
    "computer is safe."
)


class AccountSession:
    """The one of this process for an account.

    The access token is in memory only. The refresh token that is used is always the one that is
    kept: if a newer one cannot be, the server is content with the older as long as the newer was
    never used.
    """

    def __init__(self, parts: Parts, account: KnownAccount, wire: Wire) -> None:
        self.account_id, self.client_id = account.id, account.client_id
        self._parts, self._wire, self._email = parts, wire, account.email
        self._tokens = AccountTokens(account.client_id)
        self._access: str | None = None
        self._refresh_token: str | None = None
        self._refreshing: asyncio.Task[str] | None = None
        self._over = "" if account.is_signed_in else account.problem or self._told(SIGNED_OUT)

    async def request(
        self,
        method: str,
        path: str,
        *,
        kind: Departure,
        what: str,
        json: Any = None,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> httpx.Response:
        """The server's answer, whatever its status but 401; `kind` and `what` are for the log.

        Raises an `AccountProblem`: `SignedOut`, `Unreachable`, `TokensLocked`.
        """

        async def sent(token: str) -> httpx.Response:
            bearer = {**(headers or {}), "Authorization": f"Bearer {token}"}
            more = {"json": json} if json is not None else {}
            return await self._wire.send(
                method,
                path,
                kind=kind,
                what=what,
                headers=bearer,
                timeout=timeout,
                params=params,
                **more,
            )

        worn = None if self._over else self._access
        response = await sent(worn or await self._refreshed(None))
        if response.status_code == 401 and worn is not None:
            response = await sent(await self._refreshed(worn))
        if response.status_code == 401:
            self._access = None
            raise Unreachable(self._told(DISAGREES))
        return response

    def body(self, answer: httpx.Response) -> dict[str, Any]:
        """The envelope of an answer. Raises `Unreachable` for what no server of ours says."""
        return self._wire.body(answer)

    def begin(self, granted: Granted) -> None:
        """Go on with this session, whose refresh token is kept already."""
        self._access, self._refresh_token = granted.token, granted.refresh_token
        self._over = ""

    async def end(self) -> bool:
        """End it here, and at the server if that can be reached: whether it has heard of it.

        Raises `CannotKeep` if the tokens cannot be removed: then nothing has changed here.
        """
        heard = await self._revoked()
        before, self._over = self._over, self._told(SIGNED_OUT)
        await self._stop_refreshing()
        try:
            await self._drop()
        except CannotKeep:
            self._over = before
            raise
        return heard

    async def close(self) -> None:
        """Let go of the connections."""
        await self._stop_refreshing()
        await self._wire.close()

    async def _revoked(self) -> bool:
        try:
            answer = await self.request(
                "POST", "/api/logout", kind="account", what="Sign-out", timeout=SIGN_OUT_SECONDS
            )
        except SignedOut:
            return True
        except (Unreachable, TokensLocked):
            return False
        return answer.is_success

    async def _refreshed(self, worn: str | None) -> str:
        """A newer access token than `worn`; who asks meanwhile waits for the same one."""
        if self._over:
            raise SignedOut(self._over)
        if self._access is not None and self._access != worn:
            return self._access
        if self._refreshing is None:
            self._refreshing = asyncio.create_task(self._refresh(), name="refresh of a session")
            self._refreshing.add_done_callback(self._refresh_ended)
        return await asyncio.shield(self._refreshing)

    async def _stop_refreshing(self) -> None:
        if self._refreshing is not None:
            self._refreshing.cancel()
            await asyncio.gather(self._refreshing, return_exceptions=True)

    def _refresh_ended(self, task: "asyncio.Task[str]") -> None:
        self._refreshing = None
        if not task.cancelled():
            task.exception()  # whoever still waits has it, too

    async def _refresh(self) -> str:
        refresh = self._refresh_token or await self._tokens.read()
        if refresh is None:
            await self._lose(GONE)
        self._refresh_token = refresh
        answer = await self._wire.send(
            "POST",
            "/api/token/refresh",
            kind="account",
            what="Staying signed in",
            json={"refresh_token": refresh},
        )
        if answer.status_code == 401 and code_of(answer) is not None:
            await self._lose(ENDED)
        if answer.status_code != 200:
            raise self._wire.unusable(answer)
        tokens = self._wire.data(answer, Tokens)
        self._access = tokens.token
        await self._keep(tokens.refresh_token)
        await note_use(self._parts, self.account_id)
        return tokens.token

    async def _keep(self, newer: str) -> None:
        try:
            await self._tokens.keep(newer)
        except CannotKeep as error:
            log.info("a newer token cannot be kept, the older one stays in use: %s", error)
            return
        self._refresh_token = newer

    async def _lose(self, why: str) -> NoReturn:
        """The session is over, though nobody here has wished it. Raises `SignedOut`."""
        self._over = told = self._told(why)
        try:
            await self._drop()
        except CannotKeep as error:
            log.info("a worthless token cannot be removed: %s", error)
        await note_signed_out(self._parts, self.account_id, told)
        raise SignedOut(told)

    async def _drop(self) -> None:
        await self._tokens.forget()
        self._access = self._refresh_token = None

    def _told(self, text: str) -> str:
        return text.format(host=self._wire.host, email=self._email)
