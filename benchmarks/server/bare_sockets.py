"""A server of sockets with nothing around them: `websockets` alone.

`python -m benchmarks.server.bare_sockets` writes its port to stdout, and ends when its stdin does.
"""

import asyncio
import sys
from contextlib import suppress

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from marketer_desktop.api.serving import BACKLOG, LARGEST_FRAME


async def _hear(socket: ServerConnection) -> None:
    with suppress(ConnectionClosed):
        async for _ in socket:
            pass


async def main() -> None:
    """Hold every connection, with the settings of ours."""
    ending = asyncio.Event()
    asyncio.get_running_loop().add_reader(sys.stdin.fileno(), ending.set)
    async with serve(
        _hear,
        "127.0.0.1",
        0,
        backlog=BACKLOG,
        compression=None,
        max_size=LARGEST_FRAME,
        ping_interval=None,
    ) as server:
        sys.stdout.write(f"{next(iter(server.sockets)).getsockname()[1]}\n")
        sys.stdout.flush()
        await ending.wait()


if __name__ == "__main__":
    asyncio.run(main())
