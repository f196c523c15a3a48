"""JSON log lines in the data folder, rotated; nothing of a user's text goes into them."""

import json
import logging
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from marketer_desktop.observability.request_context import request_context

log = logging.getLogger("marketer_desktop")

LARGEST = 2_000_000  # bytes of one file
KEPT = 3
CONTEXT = ("activity_id", "user_id", "org_id", "request_id")


class JsonLines(logging.Formatter):
    """One JSON object a line (specification, section 10.2)."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON, with the ids it was given."""
        line = {
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "module": record.module,
            "function": record.funcName,
            "line": record.lineno,
        }
        line |= request_context.get()
        line |= {name: getattr(record, name) for name in CONTEXT if hasattr(record, name)}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class _LogFile(RotatingFileHandler):
    """A log that a full disk leaves with gaps, and nothing else without its work."""

    def handleError(self, record: logging.LogRecord) -> None:
        """A program that cannot write its log goes on; standard error is for people."""


def log_to(data_dir: Path, name: str = "marketer") -> logging.Handler:
    """Send our log and the libraries' warnings to `<data_dir>/logs/<name>.log`.

    A file belongs to one process: two would rotate it under each other.
    """
    folder = data_dir / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    handler = _LogFile(folder / f"{name}.log", maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8")
    return _begun(handler)


def log_to_stderr() -> logging.Handler:
    """Send the same to standard error, where what runs servers collects it."""
    return _begun(logging.StreamHandler())


def _begun(handler: logging.Handler) -> logging.Handler:
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    log.setLevel(logging.INFO)
    return handler
