"""The server process of a cluster: is it alive, how is it reached, what did a dead one leave."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from marketer_desktop.system.processes import is_alive, kill

PID_FILE = "postmaster.pid"
READY = "ready"


@dataclass(frozen=True)
class Postmaster:
    """A live server process, as its `postmaster.pid` describes it."""

    process: psutil.Process
    port: str
    socket_folder: str
    address: str
    status: str

    @property
    def host(self) -> str:
        """The folder of its socket or its address; empty while it is coming up."""
        return self.socket_folder or self.address

    @property
    def lost_its_socket(self) -> bool:
        """Whether somebody tidied away the socket it listens on."""
        socket = Path(self.socket_folder) / f".s.PGSQL.{self.port}"
        return self.status == READY and bool(self.socket_folder) and not socket.exists()


def live_postmaster(folder: Path) -> Postmaster | None:
    """The server that serves the cluster in `folder` right now, else None.

    A number in `postmaster.pid` proves nothing: that process may be dead, unburied, or another
    program that got the number later.
    """
    try:
        lines = (folder / PID_FILE).read_text("utf-8").splitlines()
        process = psutil.Process(int(lines[0]))
        if not (is_alive(process) and _serves(process, folder)):
            return None
    except (OSError, IndexError, ValueError, psutil.Error):
        return None
    _, _, _, port, socket_folder, address, _, status = (*map(str.strip, lines), *[""] * 8)[:8]
    return Postmaster(process, port, socket_folder, address, status)


def clear_remains(folder: Path, name: str, socket_folder: Path | None) -> None:
    """Remove what a killed server of the cluster `name` in `folder` left behind.

    Its backends may go on for a while and hold its shared memory; its lock files would stop a
    new server if their process numbers belong to somebody by now. Call it only when no server
    of this cluster is alive.
    """
    for backend in _backends(name):
        kill(backend)
    (folder / PID_FILE).unlink(missing_ok=True)
    for file in socket_folder.glob(".s.PGSQL.*") if socket_folder else ():
        file.unlink()


def _serves(process: psutil.Process, folder: Path) -> bool:
    """Whether `process` was started as a server on `folder`.

    By its command line, which anybody may read: its working folder is hidden from root in a
    container without the right to trace.
    """
    command = process.cmdline()
    return process.name().startswith("postgres") and str(folder) in command


def _backends(name: str) -> Iterator[psutil.Process]:
    title = f"postgres: {name}: "
    for process in psutil.process_iter(["cmdline"]):
        if " ".join(process.info["cmdline"] or []).startswith(title):
            yield process
