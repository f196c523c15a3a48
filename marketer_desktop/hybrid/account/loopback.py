"""Where the browser comes back to after a sign-in: a page of this computer, for one visit."""

import asyncio
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from html import escape
from urllib.parse import parse_qs, urlsplit

HOST, PATH = "127.0.0.1", "/signed-in"
REQUEST_SECONDS = 10.0
LARGEST_REQUEST = 32 * 1024  # bytes
NOT_HERE = "There is nothing here."
NOT_ASKED = "This program has not asked for that. Nothing was done."
OVER = "The sign-in was given up. You can close this page."
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Marketer Desktop</title></head>
<body><h1>Marketer Desktop</h1><p>{text}</p></body></html>
"""
HEAD = (
    "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\n"
    "Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n"
    "Content-Security-Policy: default-src 'none'\r\nConnection: close\r\n\r\n"
)


class BrowserReturn:
    """Waits for the visit that brings `state`; whoever comes without it learns nothing."""

    def __init__(self, state: str) -> None:
        self.uri = ""
        self._state = state
        loop = asyncio.get_running_loop()
        self._brought: asyncio.Future[dict[str, str]] = loop.create_future()
        self._page: asyncio.Future[str] = loop.create_future()
        self._visits: set[asyncio.Task[None]] = set()

    async def brought(self) -> dict[str, str]:
        """What the browser has brought; its page waits until `show` is called."""
        return await self._brought

    def show(self, text: str) -> None:
        """Tell whoever sits at the browser what has become of it."""
        if not self._page.done():
            self._page.set_result(text)

    async def visited(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        task = asyncio.current_task()
        assert task is not None
        self._visits.add(task)
        try:
            # A browser that went away, or no browser at all: the next visit counts.
            with suppress(OSError, EOFError, TimeoutError, asyncio.LimitOverrunError):
                async with asyncio.timeout(REQUEST_SECONDS):
                    request = await reader.readuntil(b"\r\n\r\n")
                status, text = await self._answer(request.split(b"\r\n", 1)[0])
                writer.write(_response(status, text))
                await writer.drain()
        finally:
            self._visits.discard(task)
            writer.close()

    async def over(self) -> None:
        """Answer those that still wait."""
        self.show(OVER)
        await asyncio.gather(*self._visits, return_exceptions=True)

    async def _answer(self, line: bytes) -> tuple[str, str]:
        words = line.decode("latin-1").split(" ")
        address = urlsplit(words[1]) if len(words) == 3 and words[0] == "GET" else None
        if address is None or address.path != PATH:
            return "404 Not Found", NOT_HERE
        brought = {name: values[0] for name, values in parse_qs(address.query).items()}
        if not hmac.compare_digest(brought.get("state", "").encode(), self._state.encode()):
            return "400 Bad Request", NOT_ASKED
        if not self._brought.done():
            self._brought.set_result(brought)
        return "200 OK", await asyncio.shield(self._page)


@asynccontextmanager
async def browser_return(state: str) -> AsyncIterator[BrowserReturn]:
    """Listen at a free port of this computer until the end."""
    back = BrowserReturn(state)
    server = await asyncio.start_server(back.visited, HOST, 0, limit=LARGEST_REQUEST)
    back.uri = f"http://{HOST}:{server.sockets[0].getsockname()[1]}{PATH}"
    try:
        async with server:
            try:
                yield back
            finally:
                await back.over()
    finally:
        await server.wait_closed()


def _response(status: str, text: str) -> bytes:
    page = PAGE.format(text=escape(text)).encode()
    return HEAD.format(status=status, length=len(page)).encode("ascii") + page
