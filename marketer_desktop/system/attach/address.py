"""Where the owner of a data folder listens: noted in the folder, with a word to prove oneself.

The note makes every command find it, also one with other environment variables.
"""

import asyncio
import json
import os
import secrets
import stat
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from marketer_desktop.system.attach.wire import LINE_BYTES, NoOwner
from marketer_desktop.system.places import runtime_dir

ADDRESS_FILE = "owner.address"
LOOPBACK = "127.0.0.1"
SOCKET_PATH_BYTES = 103  # macOS; Linux allows 107
HAS_UNIX_SOCKETS = sys.platform != "win32"

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True)
class Address:
    """A socket's path or, where that cannot be, a port on this machine; and the secret word."""

    token: str
    pid: int
    path: str | None = None
    port: int | None = None


async def listen(data_dir: Path, handler: Handler) -> tuple[asyncio.Server, Address]:
    """Listen for the owner of `data_dir` and note where."""
    token, pid, path = secrets.token_urlsafe(32), os.getpid(), _socket_path(data_dir)
    if path:
        server = await asyncio.start_unix_server(handler, path, limit=LINE_BYTES)
        address = Address(token, pid, path=path)
    else:
        server = await asyncio.start_server(handler, LOOPBACK, 0, limit=LINE_BYTES)
        address = Address(token, pid, port=server.sockets[0].getsockname()[1])
    _note(data_dir, address)
    return server, address


def noted(data_dir: Path) -> Address:
    """The address in `data_dir`. Raises NoOwner if there is none."""
    try:
        return Address(**json.loads((data_dir / ADDRESS_FILE).read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise NoOwner(f"No running app uses {data_dir}.") from error


async def reach(address: Address) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect to `address`. Raises NoOwner if nobody listens there any more."""
    try:
        if address.path:
            return await asyncio.open_unix_connection(address.path, limit=LINE_BYTES)
        return await asyncio.open_connection(LOOPBACK, address.port, limit=LINE_BYTES)
    except OSError as error:
        raise NoOwner(f"The app that ran as process {address.pid} has ended.") from error


def withdraw(data_dir: Path, address: Address) -> None:
    """Remove the note, and the socket with its folder."""
    (data_dir / ADDRESS_FILE).unlink(missing_ok=True)
    if address.path:
        with suppress(OSError):
            Path(address.path).unlink(missing_ok=True)
            Path(address.path).parent.rmdir()


def _socket_path(data_dir: Path) -> str | None:
    """A path for the socket; None if it would be too long or in a folder of somebody else."""
    if not HAS_UNIX_SOCKETS:
        return None
    folder = runtime_dir(data_dir, "owner")
    status = folder.lstat()
    private = stat.S_ISDIR(status.st_mode) and not status.st_mode & 0o077
    if not private or status.st_uid != os.geteuid():
        return None
    path = str(folder / "socket")
    return path if len(os.fsencode(path)) <= SOCKET_PATH_BYTES else None


def _note(data_dir: Path, address: Address) -> None:
    handle, draft = tempfile.mkstemp(prefix=f".{ADDRESS_FILE}-", dir=data_dir)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        json.dump(asdict(address), stream)
    Path(draft).replace(data_dir / ADDRESS_FILE)
