"""Where an exported file goes, and what is said if it cannot go there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from marketer_desktop.services.call import REASONS, ServiceError
from marketer_desktop.services.refusals import Conflict
from marketer_desktop.storage.full_disk import is_full_disk


def target_of(path: Path, name: str, *, replace: bool) -> Path:
    """The file to write: `path`, or `name` in it if that is a folder. Raises `ServiceError`."""
    target = path / name if path.is_dir() else path
    if not target.parent.is_dir():
        raise ServiceError(f"There is no folder “{target.parent}”. Make it, or choose another.")
    if target.exists() and not replace:
        raise Conflict(
            f"“{target}” is there already. Choose another name, or replace it (--force)."
        )
    return target


@contextmanager
def said_plainly_of(target: Path) -> Iterator[None]:
    """Turn what the system says of a file that cannot be written into a sentence for people."""
    try:
        yield
    except OSError as error:
        if is_full_disk(error):
            raise ServiceError(
                f"The disk is full: “{target}” was not written. Free some space, or choose "
                "another disk."
            ) from error
        reason = REASONS.get(error.errno or 0, str(error.strerror or error))
        raise ServiceError(
            f"“{target}” was not written: {reason}, or choose another folder."
        ) from error
