"""Secrets of an installation that no person has to know, in files that only its user can read."""

import os
import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path

BYTES = 32


@cache  # asked for with every request
def secret_of(data_dir: Path, name: str) -> bytes:
    """The secret in `<data_dir>/secrets/<name>`, 32 random bytes; made by whoever asks first."""
    folder = data_dir / "secrets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    if not path.exists():
        draft = folder / f"{name}.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_bytes(secrets.token_bytes(BYTES))
        with suppress(FileExistsError):
            os.link(draft, path)  # whole, and never over one that is there
        draft.unlink()
    return path.read_bytes()


def write_private(path: Path, text: str) -> None:
    """Write the file in one piece, so that only this user can read it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".tmp")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
