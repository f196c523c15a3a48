"""What a user reads when the database server cannot do its work."""

from pathlib import Path

from marketer_desktop.storage.full_disk import lacks_room

LOG_LINES = 12


class EmbeddedPostgresError(RuntimeError):
    """The embedded database cannot be made, started or stopped; the text says what to do."""


def start_failure(folder: Path, log: str) -> EmbeddedPostgresError:
    """Why the server in `folder` ended as soon as it was started, by the end of its `log`."""
    if lacks_room(folder):  # the log had no room either: it breaks off before it says so
        return EmbeddedPostgresError(
            f"The disk is full: the database in {folder} starts when there is room again."
        )
    return EmbeddedPostgresError(
        f"The database in {folder} does not start. Its log says why:\n{log}"
    )


def last_lines(text: str) -> str:
    """The end of a log, indented below a sentence; a hint when there is none."""
    lines = [line for line in text.splitlines() if line.strip()][-LOG_LINES:]
    return "\n".join(f"  {line}" for line in lines) or "  (it wrote nothing)"


def log_end(log: Path, since: int = 0) -> str:
    """What `log` got after its first `since` bytes; nothing if there is no such file."""
    if not log.exists():
        return ""
    with log.open("rb") as stream:
        stream.seek(since)
        return stream.read().decode("utf-8", "replace")
