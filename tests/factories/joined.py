"""A desktop joined to a team server: both real, each on a database of its own."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from marketer_desktop.hybrid.account.accounts import Accounts, accounts_of
from marketer_desktop.hybrid.account.session import AccountSession
from marketer_desktop.services.carry_out import carry_out
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.server_accounts import ConnectAccount, ServerAccount, ShowAccounts
from tests.factories.engines import Ear
from tests.factories.mirrors import bare_parts
from tests.factories.pages import seen, sent
from tests.factories.serving import PASSWORD, app_of, client_of

SERVER = "http://localhost:8000"
Instead = Callable[[httpx.Request], httpx.Response | None]


class ServerTransport(httpx.AsyncBaseTransport):
    """The way to the server: what has gone it, and faults on it."""

    def __init__(self, server: Parts) -> None:
        self._asgi = httpx.ASGITransport(app_of(server), raise_app_exceptions=False)
        self.asked: list[tuple[str, int]] = []  # the path, and the status
        self.lost: list[str] = []  # the answers of these paths do not arrive, each once
        self.instead: Instead = lambda request: None
        self.refusals: asyncio.Barrier | None = None  # the answers 401 wait for each other

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """As httpx wants it."""
        path = request.url.path
        answer = self.instead(request) or await self._asgi.handle_async_request(request)
        self.asked.append((path, answer.status_code))
        if self.refusals is not None and answer.status_code == 401:
            await self.refusals.wait()
        if path in self.lost:
            self.lost.remove(path)
            raise httpx.ReadError("the connection broke", request=request)
        return answer

    def answer_instead(self, answer: httpx.Response, path: str | None = None) -> None:
        """From now on this is the answer, at one path or everywhere."""
        self.instead = lambda request: answer if path in (None, request.url.path) else None

    def times(self, path: str) -> int:
        """How often a path was asked for."""
        return [each for each, _ in self.asked].count(path)


class Desk:
    """A desktop whose server is reached through `way`."""

    def __init__(self, parts: Parts, server: Parts) -> None:
        self.parts, self.server = parts, server
        self.way = ServerTransport(server)
        parts.servers.learn(self._connect)

    async def _connect(self) -> Accounts:
        return Accounts(self.parts, self.way)

    async def connect(self, email: str, password: str = PASSWORD) -> ServerAccount:
        """Join an account with its password."""
        call = ConnectAccount(server=SERVER, email=email, password=password)
        return await carry_out(call, self.parts, Ear())

    async def accounts(self) -> list[ServerAccount]:
        """All of them, as they are shown."""
        return (await carry_out(ShowAccounts(), self.parts, Ear())).accounts

    async def session(self, account: ServerAccount) -> AccountSession:
        """The session of an account."""
        return await (await accounts_of(self.parts)).session(account.id)

    async def me(self, account: ServerAccount) -> httpx.Response:
        """A request in the name of an account."""
        session = await self.session(account)
        return await session.request("GET", "/api/me", kind="sync_changes", what="Who I am")

    async def start_again(self) -> None:
        """As after an end of the program: what was only in memory is gone."""
        await self.parts.servers.close()


@asynccontextmanager
async def desk_of(url: str, folder: Path, server: Parts) -> AsyncIterator[Desk]:
    """A desktop on its own database, beside a server."""
    async with bare_parts(url, folder) as parts:
        desk = Desk(parts, server)
        try:
            yield desk
        finally:
            await parts.servers.close()


async def fill_in(server: Parts, url: str, email: str, **filled: str) -> httpx.Response:
    """As a person does it in a browser: open the page, sign in, and go where it leads."""
    async with client_of(server) as browser:
        answer = await sent(
            browser, seen(await browser.get(url)), url, email=email, password=PASSWORD, **filled
        )
    return await visit(answer.headers["Location"])


async def visit(url: str) -> httpx.Response:
    """A browser goes to a page of this computer."""
    async with httpx.AsyncClient(trust_env=False) as browser:
        return await browser.get(url)
