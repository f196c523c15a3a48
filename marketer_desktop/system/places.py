"""Where things lie: packaged resources, and short private folders for sockets."""

import hashlib
import os
import tempfile
from pathlib import Path


def packaged(name: str) -> Path:
    """The folder `alembic` or `resources`, in a checkout, an installed wheel or a frozen bundle."""
    package = Path(__file__).resolve().parents[1]
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


def runtime_dir(data_dir: Path, purpose: str) -> Path:
    """A short private folder for the sockets of `data_dir` (their paths end at 107 bytes).

    It has mode 0700, and its name is derived from the data folder, so that every command
    finds the same one.
    """
    digest = hashlib.sha256(str(data_dir.resolve()).encode()).hexdigest()[:10]
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    user = os.getuid() if hasattr(os, "getuid") else "user"
    parent = Path(runtime) if runtime and Path(runtime).is_dir() else Path(tempfile.gettempdir())
    folder = parent / f"marketer-{user}-{digest}-{purpose}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
