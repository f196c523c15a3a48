"""Where programs of this user find the API of this launch, and the token that opens it."""

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from marketer_desktop.system.secret_files import write_private

FILE = "api.json"


def new_token() -> str:
    """192 random bits, as text."""
    return secrets.token_urlsafe(24)


@contextmanager
def announced(data_dir: Path, address: str, token: str) -> Iterator[Path]:
    """Keep `{"address", "token", "pid"}` where only this user can read it, while it is good."""
    path = data_dir / FILE
    told = json.dumps({"address": address, "token": token, "pid": os.getpid()})
    write_private(path, f"{told}\n")
    try:
        yield path
    finally:
        forget_announced(data_dir)


def announced_address(data_dir: Path) -> str:
    """Where the API is answered, as far as it was announced; empty if it is not."""
    try:
        return str(json.loads((data_dir / FILE).read_text("utf-8"))["address"])
    except (OSError, ValueError, KeyError):
        return ""


def forget_announced(data_dir: Path) -> None:
    """Remove what was announced, also by a process that was killed."""
    (data_dir / FILE).unlink(missing_ok=True)
