"""Asks a server over many connections at once, and times every answer."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

END = b"\r\n\r\n"
LENGTH = b"content-length:"


@dataclass(frozen=True)
class Request:
    """What is asked, the same every time."""

    port: int
    data: bytes


def request(port: int, head: str, headers: Mapping[str, str], body: bytes = b"") -> Request:
    """A request as its bytes; `head` is such as `GET /api/projects`."""
    lines = [f"{head} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return Request(port, "\r\n".join(lines).encode() + END + body)


class Line:
    """One connection, kept open."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def ask(self, asked: Request) -> tuple[bytes, bytes]:
        """The head of the answer and its body. Raises ValueError unless it is a success."""
        self._writer.write(asked.data)
        return await self._answer()

    async def send(self, asked: Request, file: Path, after: bytes) -> bytes:
        """Send a request whose body goes on with a file and ends with `after`: its answer."""
        self._writer.write(asked.data)
        with file.open("rb") as content:
            await asyncio.get_running_loop().sendfile(self._writer.transport, content)
        self._writer.write(after)
        _, body = await self._answer()
        return body

    async def _answer(self) -> tuple[bytes, bytes]:
        head = await self._reader.readuntil(END)
        low = head.lower()
        start = low.index(LENGTH) + len(LENGTH)
        body = await self._reader.readexactly(int(low[start : low.index(b"\r", start)]))
        if not head.startswith(b"HTTP/1.1 2"):
            raise ValueError(f"{head.decode()}{body.decode(errors='replace')}")
        return head, body


@asynccontextmanager
async def lines(port: int, count: int) -> AsyncIterator[list[Line]]:
    """So many connections."""
    opened = [await asyncio.open_connection("127.0.0.1", port) for _ in range(count)]
    try:
        yield [Line(reader, writer) for reader, writer in opened]
    finally:
        for _, writer in opened:
            writer.close()


async def saturate(asked: Request, connections: int, count: int) -> tuple[float, list[float]]:
    """Ask `count` times, each connection as soon as it has its answer: requests a second, times."""
    times: list[float] = []

    async def go_on(line: Line) -> None:
        while left:
            left.pop()
            began = time.perf_counter()
            await line.ask(asked)
            times.append(time.perf_counter() - began)

    async with lines(asked.port, connections) as opened:
        left = [None] * count
        began = time.perf_counter()
        await asyncio.gather(*map(go_on, opened))
        return count / (time.perf_counter() - began), times


async def one_by_one(asked: Request, count: int) -> list[float]:
    """Ask `count` times on one connection; how long each took."""
    return (await saturate(asked, 1, count))[1]


async def keep_pace(asked: Request, connections: int, rate: float, count: int) -> list[float]:
    """Ask `rate` times a second, whatever comes back; times from when each was due."""
    times: list[float] = []
    async with lines(asked.port, connections) as opened:
        free: asyncio.Queue[Line] = asyncio.Queue()
        for line in opened:
            free.put_nowait(line)

        async def one(due: float) -> None:
            line = await free.get()
            await line.ask(asked)
            times.append(time.perf_counter() - due)
            free.put_nowait(line)

        began, asking = time.perf_counter(), []
        for number in range(count):
            due = began + number / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            asking.append(asyncio.create_task(one(due)))
        await asyncio.gather(*asking)
    return times
