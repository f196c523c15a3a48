"""Where programs of this user find the API of this launch, and the token that opens it."""

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FILE = "api.json"


def new_token() -> str:
    """192 random bits, as text."""
    return secrets.token_urlsafe(24)


@contextmanager
def announced(data_dir: Path, address: str, token: str) -> Iterator[Path]:
    """Keep `{"address", "token", "pid"}` where only this user can read it, while it is good."""
    path = data_dir / FILE
    draft = path.with_suffix(".tmp")
    draft.unlink(missing_ok=True)
    told = json.dumps({"address": address, "token": token, "pid": os.getpid()})
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{told}\n")
    draft.replace(path)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
