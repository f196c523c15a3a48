"""The two sides of the proof, in this process or in one of their own: `python -m … KIND …`.

A side of its own takes calls as JSON lines on standard input, any number at a time, and answers
each on standard output.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

import psutil

from benchmarks.agent_faults import desktop_side, server_side
from benchmarks.agent_faults.desktop_side import SLOTS, DesktopSide
from benchmarks.agent_faults.server_side import open_server_side

LIMIT = 2**24  # bytes of one line


class Side(Protocol):
    """Whatever answers calls by name."""

    async def call(self, name: str, **words: Any) -> Any:
        """The result, as JSON has it."""


class Near:
    """A side in this process."""

    def __init__(self, side: object) -> None:
        self._side = side

    async def call(self, name: str, **words: Any) -> Any:
        """Make the call."""
        return await _made(self._side, name, words)


class Far:
    """A side in a process of its own."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._last = 0

    async def call(self, name: str, **words: Any) -> Any:
        """Send the call, and wait for its answer."""
        self._last += 1
        number, stdin = self._last, self._process.stdin
        assert stdin is not None
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        stdin.write(json.dumps([number, name, words]).encode() + b"\n")
        return await answer

    async def listen(self) -> None:
        """Take answers until the process ends."""
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            number, value = json.loads(line)
            answer = self._waiting.pop(number)
            if not answer.done():
                answer.set_result(value)
        for answer in self._waiting.values():
            answer.cancel()


@asynccontextmanager
async def far(*words: str) -> AsyncIterator[Far]:
    """A side in a process of its own, ended with this."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "benchmarks.agent_faults.sides",
        *words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        limit=LIMIT,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "OLLAMA_NUM_PARALLEL": str(SLOTS)},
    )
    side = Far(process)
    listening = asyncio.create_task(side.listen())
    try:
        yield side
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()
        await listening


async def _made(side: object, name: str, words: dict[str, Any]) -> Any:
    if name == "rss":
        return psutil.Process().memory_info().rss
    return await getattr(side, name)(**words)


async def _serve(side: object, tell: Callable[[str], None]) -> None:
    """Answer calls until standard input ends."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=LIMIT)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)

    async def answer(number: int, name: str, words: dict[str, Any]) -> None:
        tell(json.dumps([number, await _made(side, name, words)]))

    under_way: set[asyncio.Task[None]] = set()
    while line := await reader.readline():
        task = asyncio.create_task(answer(*json.loads(line)))
        under_way.add(task)
        task.add_done_callback(under_way.discard)
    for task in under_way:
        task.cancel()
    await asyncio.gather(*under_way, return_exceptions=True)


def _tell(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


async def _main(kind: str, *words: str) -> None:
    for module, name, value in (*server_side.SETTINGS, *desktop_side.SETTINGS):
        setattr(module, name, value)
    if kind == "server":
        url, folder = words
        async with open_server_side(url, Path(folder)) as server:
            await _serve(server, _tell)
    else:
        address, key, ollama, folder, flaw = words
        desktop = DesktopSide(address, key, ollama, Path(folder), flaw)
        await _serve(desktop, _tell)
        await desktop.close()


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
