"""Runs PostgreSQL's own programs on a database: those of the app, or newer ones of the machine."""

import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from marketer_desktop.storage.addresses import plain_url
from marketer_desktop.storage.embedded.cluster import server_environment
from marketer_desktop.storage.embedded.failure import last_lines
from marketer_desktop.storage.embedded.installation import (
    MAJOR_VERSION,
    find_installation,
    program,
)
from marketer_desktop.storage.full_disk import DiskIsFull, is_full_disk

LOOK_SECONDS = 0.2
MAJOR = re.compile(r"\b(\d+)[.\w]*\s*(?:\(|$)")


class ProgramFailure(RuntimeError):
    """A program of PostgreSQL ended with an error; the text is the end of what it said."""


class NoProgram(RuntimeError):
    """No program here is new enough for the server; the text says what to do."""


def own_program(name: str) -> str:
    """The program `name` that the app brings along."""
    return str(program(find_installation(), name))


def program_for(name: str, server_major: int) -> str:
    """The program `name` that can read a server of that major version: ours, else the machine's.

    Raises NoProgram.
    """
    if server_major <= int(MAJOR_VERSION):
        return own_program(name)
    found = shutil.which(name)
    if found and _major_of(found) >= server_major:
        return found
    raise NoProgram(
        f"The database runs on PostgreSQL {server_major}, and no {name} of that version was found. "
        f"Install its client programs (on Debian: postgresql-client-{server_major})."
    )


def server_major(url: str) -> int:
    """The major version of the server at `url`."""
    with psycopg.connect(**_parameters(url)) as connection:
        return connection.info.server_version // 10_000


def run_program(
    command: Sequence[str], url: str | None = None, while_running: Callable[[], object] = bool
) -> None:
    """Run `command` to its end, on the database at `url` if one is given.

    `while_running` is called several times a second; if it raises, the program is ended. Raises
    ProgramFailure, or DiskIsFull.
    """
    login, environment = _login(url)
    process = subprocess.Popen(
        [*command, *login],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=server_environment() | environment,
        start_new_session=True,
    )
    try:
        said = _said(process, while_running)
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
    if process.returncode:
        failure = ProgramFailure(last_lines(said))
        if is_full_disk(failure):
            raise DiskIsFull from failure
        raise failure


def _said(process: subprocess.Popen[bytes], while_running: Callable[[], object]) -> str:
    while True:
        with suppress(subprocess.TimeoutExpired):
            _, said = process.communicate(timeout=LOOK_SECONDS)
            return said.decode("utf-8", "replace")
        while_running()


def _login(url: str | None) -> tuple[list[str], dict[str, str]]:
    """The address for a command line, which everybody can read, and the password beside it."""
    if url is None:
        return [], {}
    parameters = _parameters(url)
    password = parameters.pop("password", None)
    environment = {"PGPASSWORD": str(password)} if password else {}
    return [f"--dbname={make_conninfo(**parameters)}"], environment


def _parameters(url: str) -> dict[str, Any]:
    return conninfo_to_dict(plain_url(url))


def _major_of(executable: str) -> int:
    answer = subprocess.run([executable, "--version"], capture_output=True, text=True, check=False)
    found = MAJOR.search(answer.stdout.strip())
    return int(found.group(1)) if found else 0
