"""How a server process is started for a cluster, and asked to stop."""

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil

from marketer_desktop.storage.embedded.account import Account, private_folder
from marketer_desktop.storage.embedded.cluster import Cluster, server_environment
from marketer_desktop.storage.embedded.failure import EmbeddedPostgresError
from marketer_desktop.storage.embedded.installation import program
from marketer_desktop.storage.embedded.postmaster import clear_remains
from marketer_desktop.system.processes import send_signal

LOG_BYTES = 2_000_000
SOCKET_PORT = 5432
SOCKET_PATH_BYTES = 103  # macOS; Linux allows 107
STOP_SIGNALS = {"fast": "SIGINT", "immediate": "SIGQUIT"}
SETTINGS = {
    "shared_buffers": "64MB",
    "max_connections": "100",
    "max_wal_size": "256MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
    "log_checkpoints": "off",
}


def launch(cluster: Cluster, runtime: Path, log: Path) -> subprocess.Popen[bytes]:
    """Start a server on `cluster`, where none is alive; it appends to `log`.

    It has a session of its own, so that Ctrl-C in a terminal does not reach it.
    """
    listening = _listening(cluster, runtime)
    command = [str(program(cluster.installation, "postgres")), "-D", str(cluster.folder)]
    for name, value in (SETTINGS | {"cluster_name": cluster.name} | listening).items():
        command += ["-c", f"{name}={value}"]
    options = cluster.account.launch_options if cluster.account else {}
    with log.open("ab") as stream:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            env=server_environment(),
            cwd=cluster.installation,
            start_new_session=True,
            creationflags=_own_console(),
            **options,
        )


def open_log(log: Path) -> int:
    """Put a long log aside; return the length of what `log` holds already, in bytes."""
    length = log.stat().st_size if log.exists() else 0
    if length > LOG_BYTES:
        log.replace(log.with_suffix(".log.old"))
        return 0
    return length


def ask_to_stop(process: psutil.Process, folder: Path, installation: Path, mode: str) -> None:
    """Tell the server of the cluster in `folder` to end: `fast`, or `immediate` as in a crash."""
    if sys.platform == "win32":
        command = [str(program(installation, "pg_ctl")), "stop", "-D", str(folder), "-W"]
        subprocess.run([*command, "-m", mode], capture_output=True, check=False)
        return
    send_signal(process, STOP_SIGNALS[mode])


def _listening(cluster: Cluster, runtime: Path) -> dict[str, str]:
    """The settings for where the server listens, once what a dead one left there is removed."""
    if sys.platform == "win32":
        clear_remains(cluster.folder, cluster.name, None)
        return {
            "listen_addresses": "127.0.0.1",
            "port": str(_free_port()),
            "unix_socket_directories": "",
        }
    sockets = _socket_folder(runtime, cluster)
    clear_remains(cluster.folder, cluster.name, sockets)
    return {
        "listen_addresses": "",
        "port": str(SOCKET_PORT),
        "unix_socket_directories": f'"{sockets}"',
    }


def _socket_folder(runtime: Path, cluster: Cluster) -> Path:
    """`runtime`, or a folder in the temporary place if its path is long or closed to the server."""
    for folder in (
        runtime,
        Path(tempfile.gettempdir()) / cluster.name,
        Path("/tmp") / cluster.name,  # noqa: S108 - its owner is checked
    ):
        length = len(os.fsencode(folder / f".s.PGSQL.{SOCKET_PORT}"))
        if length <= SOCKET_PATH_BYTES and _may_enter(cluster.account, folder.parent):
            return private_folder(folder, cluster.account)
    raise EmbeddedPostgresError(
        f"PostgreSQL needs a folder with a short path for its socket, and can use neither "
        f"{runtime} nor the temporary folder. Name a short one with TMPDIR."
    )


def _may_enter(account: Account | None, folder: Path) -> bool:
    return account is None or account.can_enter(folder)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _own_console() -> int:
    if sys.platform == "win32":
        return subprocess.CREATE_NEW_PROCESS_GROUP
    return 0
