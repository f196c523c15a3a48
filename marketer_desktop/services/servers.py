"""The servers that this desktop has accounts on, as the rest of the program sees them."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from pydantic import BaseModel

from marketer_desktop.domain.departures import Departure
from marketer_desktop.services.call import ServiceError

Way = Literal["password", "browser", "oidc"]
ELSEWHERE = "This process cannot reach a server. Open the window, or run “marketer account”."


class ServerWays(BaseModel):
    """A server, and how it lets people sign in; `issuer` vouches for them in the way `oidc`."""

    server: str
    host: str
    ways: list[Way]
    issuer: str | None = None


@dataclass(frozen=True)
class Granted:
    """A session that a server has opened for somebody."""

    server: str
    kind: Way
    issuer: str | None
    user_id: int  # on the server
    email: str
    token: str = field(repr=False)
    refresh_token: str = field(repr=False)


class Connector(Protocol):
    """Reaches servers. Raises an `AccountProblem`, and `ValueError` for what is no address."""

    async def ways(self, server: str) -> ServerWays:
        """How one can sign in there."""

    async def with_password(self, server: str, email: str, password: str) -> Granted:
        """Sign in with both."""

    async def with_browser(self, server: str, show: Callable[[str], None]) -> Granted:
        """Have the person sign in on the page that `show` is told, in their browser."""

    async def begin(self, account_id: int, granted: Granted) -> None:
        """Work with this session from now on."""

    async def end(self, account_id: int) -> bool:
        """End the session of an account; whether its server has heard of it."""

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
        """The status and body of the server's answer to a request in the name of an account."""

    async def close(self) -> None:
        """Let go of every connection."""


class Servers:
    """Reaches none until it is told how; a process that was not cannot."""

    def __init__(self) -> None:
        self._how: Callable[[], Awaitable[Connector]] | None = None
        self._connector: Connector | None = None
        self._turn = asyncio.Lock()
        self.joining = asyncio.Lock()  # held while a session becomes an account of this desktop

    def learn(self, how: Callable[[], Awaitable[Connector]]) -> None:
        """From now on this process can reach servers."""
        self._how = how

    async def connector(self) -> Connector:
        """The one of this process, made when it is first asked for. Raises `ServiceError`."""
        async with self._turn:
            if self._connector is None:
                if self._how is None:
                    raise ServiceError(ELSEWHERE)
                self._connector = await self._how()
            return self._connector

    async def close(self) -> None:
        """Let go of every connection."""
        connector, self._connector = self._connector, None
        if connector is not None:
            await connector.close()
