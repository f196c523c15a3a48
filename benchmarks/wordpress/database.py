"""A MariaDB of its own in a temporary folder, reached by a socket and by nobody else."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 60.0
# It is thrown away afterwards: nothing has to be on the disk.
HASTE = ("--innodb-flush-log-at-trx-commit=0", "--innodb-flush-method=nosync")


@contextmanager
def mariadb(folder: Path) -> Iterator[Path]:
    """The socket of a server with an empty database `wordpress`."""
    data, socket = folder / "database", folder / "database.socket"
    # As root the server runs only where that is said.
    who = ["--user=root"] if os.geteuid() == 0 else []
    words = ["--no-defaults", *who, f"--datadir={data}"]
    _run("mariadb-install-db", *words, "--auth-root-authentication-method=normal", "--skip-test-db")
    alone = ["--skip-networking", "--skip-grant-tables", f"--pid-file={folder / 'database.pid'}"]
    with (folder / "database.log").open("wb") as log:
        server = subprocess.Popen(
            ["/usr/sbin/mariadbd", *words, f"--socket={socket}", *alone, *HASTE],
            stdout=log,
            stderr=log,
        )
        try:
            _await(socket, server)
            _ask(socket, "CREATE DATABASE wordpress CHARACTER SET utf8mb4")
            yield socket
        finally:
            server.terminate()
            server.wait(30)


def _await(socket: Path, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError("MariaDB did not start.")
        if socket.exists() and _ask(socket, "SELECT 1", is_needed=False):
            return
        time.sleep(0.1)
    raise TimeoutError("MariaDB did not come up.")


def _ask(socket: Path, question: str, *, is_needed: bool = True) -> bool:
    words = ["mariadb", "--no-defaults", f"--socket={socket}", "-e", question]
    return subprocess.run(words, capture_output=True, check=is_needed).returncode == 0


def _run(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{words[0]} failed:\n{done.stdout[-1000:]}{done.stderr[-1000:]}")
