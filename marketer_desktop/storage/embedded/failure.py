"""What a user reads when the database server cannot do its work."""

from pathlib import Path

LOG_LINES = 12


class EmbeddedPostgresError(RuntimeError):
    """The embedded database cannot be made, started or stopped; the text says what to do."""


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
