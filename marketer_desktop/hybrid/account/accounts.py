"""The servers of this desktop, over the network: one session for each account."""

from collections.abc import Callable
from typing import Any

import httpx

from marketer_desktop.domain.departures import Departure
from marketer_desktop.domain.server_address import server_address
from marketer_desktop.hybrid.account.session import AccountSession
from marketer_desktop.hybrid.account.sign_in import (
    NO_WAY,
    ways_of,
    with_issuer,
    with_own_page,
    with_password,
)
from marketer_desktop.hybrid.account.wire import Wire
from marketer_desktop.services.account_rows import known_account
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.server_problems import SignInRefused
from marketer_desktop.services.servers import Granted, ServerWays


class Accounts:
    """What `Servers` hands out in this program; a test gives a `transport` of its own."""

    def __init__(self, parts: Parts, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._parts, self._transport = parts, transport
        self._sessions: dict[int, AccountSession] = {}

    async def ways(self, server: str) -> ServerWays:
        """How one can sign in there. Raises `ValueError`, `Unreachable`."""
        wire = self._wire(server_address(server))
        try:
            found = await ways_of(wire)
        finally:
            await wire.close()
        issuer = found.issuer.issuer if found.issuer else None
        return ServerWays(server=wire.address, host=wire.host, ways=found.ways, issuer=issuer)

    async def with_password(self, server: str, email: str, password: str) -> Granted:
        """Raises `ValueError`, `SignInRefused`, `Unreachable`."""
        wire = self._wire(server_address(server))
        try:
            await ways_of(wire)  # no password is sent to what is no Marketer server
            return await with_password(wire, email, password)
        finally:
            await wire.close()

    async def with_browser(self, server: str, show: Callable[[str], None]) -> Granted:
        """At who the server trusts with that, else on its own page.

        Raises `ValueError`, `SignInRefused`, `Unreachable`.
        """
        wire = self._wire(server_address(server))
        try:
            found = await ways_of(wire)
            if found.issuer is not None:
                note = self._parts.departures.note
                return await with_issuer(wire, found.issuer, show, note, self._transport)
            if "browser" not in found.ways:
                raise SignInRefused(NO_WAY.format(host=wire.host))
            return await with_own_page(wire, show)
        finally:
            await wire.close()

    async def session(self, account_id: int) -> AccountSession:
        """The one of this account. Raises `MissingRow`."""
        account = await known_account(self._parts, account_id)
        if account_id not in self._sessions:
            wire = self._wire(account.server, account_id)
            self._sessions[account_id] = AccountSession(self._parts, account, wire)
        return self._sessions[account_id]

    async def begin(self, account_id: int, granted: Granted) -> None:
        """Work with this session from now on."""
        (await self.session(account_id)).begin(granted)

    async def end(self, account_id: int) -> bool:
        """End the session of an account; whether its server has heard of it."""
        return await (await self.session(account_id)).end()

    async def ask(
        self,
        account_id: int,
        method: str,
        path: str,
        *,
        kind: Departure,
        what: str,
        json: dict[str, Any] | None = None,
    ) -> tuple[int, dict[str, Any]]:
        """The status and body of an answer. Raises an `AccountProblem`, `MissingRow`."""
        session = await self.session(account_id)
        answer = await session.request(method, path, kind=kind, what=what, json=json)
        return answer.status_code, session.body(answer)

    async def close(self) -> None:
        """Let go of every connection."""
        for session in self._sessions.values():
            await session.close()
        self._sessions.clear()

    def _wire(self, address: str, account_id: int | None = None) -> Wire:
        return Wire(address, self._parts.departures.note, self._transport, account_id)


async def connect(parts: Parts) -> Accounts:
    """For `Servers.learn`."""
    return Accounts(parts)


async def accounts_of(parts: Parts) -> Accounts:
    """The one of this process, for whoever works in the name of accounts."""
    connector = await parts.servers.connector()
    assert isinstance(connector, Accounts)
    return connector
