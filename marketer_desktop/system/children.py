"""Child processes: the app starts itself again with a hidden word, frozen or not."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import IO

CHILD_WORD = "--child"


def child_command(name: str, arguments: Sequence[str] = ()) -> list[str]:
    """The command line that runs the child `name` of this very app."""
    app = (
        [sys.executable]
        if getattr(sys, "frozen", False)
        else [
            sys.executable,
            "-m",
            "marketer_desktop",
        ]
    )
    return [*app, CHILD_WORD, name, *arguments]


def start_child(
    name: str,
    arguments: Sequence[str] = (),
    *,
    stdin: int = subprocess.PIPE,
    stdout: int | IO[bytes] | None = subprocess.PIPE,
    stderr: int | IO[bytes] | None = subprocess.DEVNULL,
    environment: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own, so that Ctrl-C in a terminal does not reach it.

    Its standard input, a pipe or the socket it is given, ends when this process ends, however it
    ends.
    """
    return subprocess.Popen(
        child_command(name, arguments),
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        env=None if environment is None else dict(environment),
        start_new_session=True,
    )
