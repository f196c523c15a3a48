"""What receiving, hashing and writing take at least: sockets alone, and both beside each other.

`python -m benchmarks.server.bare_upload FOLDER` writes its port to stdout, and ends when its stdin
does. It knows of HTTP only where a body begins and how long it is.
"""

import asyncio
import hashlib
import socket
import sys
from pathlib import Path
from uuid import uuid4

from benchmarks.server.load import END, LENGTH

PIECE = 1024 * 1024
ANSWER = b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}"


async def _hear(connection: socket.socket, folder: Path) -> None:
    """One upload: a piece is hashed and written while the next one comes."""
    loop = asyncio.get_running_loop()
    head = b""
    while END not in head:
        head += await loop.sock_recv(connection, 65536)
    head, _, begun = head.partition(END)
    low = head.lower() + b"\r\n"
    start = low.index(LENGTH) + len(LENGTH)
    left = int(low[start : low.index(b"\r", start)]) - len(begun)
    digest, taking = hashlib.sha256(begun), asyncio.create_task(asyncio.sleep(0))
    kept = folder / f"{uuid4().hex}.bare"
    with kept.open("wb") as file:

        def take(piece: memoryview) -> None:
            digest.update(piece)
            file.write(piece)

        while left:
            piece = memoryview(bytearray(min(PIECE, left)))
            await _fill(piece, connection)
            left -= len(piece)
            await taking
            taking = asyncio.create_task(asyncio.to_thread(take, piece))
        await taking
    await loop.sock_sendall(connection, ANSWER)
    connection.close()
    kept.unlink()


async def _fill(piece: memoryview, connection: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    while len(piece):
        piece = piece[await loop.sock_recv_into(connection, piece) :]


async def main(folder: Path) -> None:
    """Take uploads, one after the other."""
    loop, ending = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(sys.stdin.fileno(), ending.set)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        sys.stdout.write(f"{listening.getsockname()[1]}\n")
        sys.stdout.flush()

        async def accept() -> None:
            while True:
                connection, _ = await loop.sock_accept(listening)
                await _hear(connection, folder)

        accepting = asyncio.create_task(accept())
        await ending.wait()
        accepting.cancel()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
