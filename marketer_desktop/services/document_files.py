"""The copies of documents: each content is kept once, however many documents have it."""

import contextlib
import hashlib
import re
import shutil
import time
from pathlib import Path
from uuid import uuid4

DRAFT = ".part"
_PLAIN_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


def sha256_and_size(path: Path) -> tuple[str, int]:
    """The SHA-256 of a file in hex, and its bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), file.tell()


def copy_of(path: Path, content_hash: str, data_dir: Path) -> Path:
    """Where the copy of the file at `path` lies."""
    suffix = path.suffix.lower()
    ending = suffix if _PLAIN_SUFFIX.fullmatch(suffix) else ""
    return data_dir / "documents" / f"{content_hash}{ending}"


def copy_file(source: Path, target: Path) -> None:
    """Copy in one piece: the target is whole or not there."""
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.stem}-{uuid4().hex}{DRAFT}")
    try:
        shutil.copyfile(source, draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def move_file(source: Path, target: Path) -> None:
    """Move within the data folder; a target that is there has the same content and stays."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        source.unlink()
    else:
        source.replace(target)


def clear_drafts(data_dir: Path, quiet_seconds: float = 0.0) -> None:
    """Remove what copies that were cut off have left: nobody has written to it for so long."""
    latest = time.time() - quiet_seconds
    for draft in (data_dir / "documents").glob(f"*{DRAFT}"):
        with contextlib.suppress(FileNotFoundError):  # another process may just be done with it
            if draft.stat().st_mtime <= latest:
                draft.unlink()
