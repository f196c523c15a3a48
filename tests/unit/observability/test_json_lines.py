"""The log as the specification's section 10.2 writes it: a JSON object a line, in rotated files."""

import json
import logging
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from marketer_desktop.observability import logs
from marketer_desktop.observability.logs import JsonLines, log_to
from marketer_desktop.observability.request_context import request_context

GIVEN = {"user_id": 7, "org_id": 3, "request_id": "4f1d"}


def written(**more: Any) -> dict[str, Any]:
    """A line of the log."""
    record = logging.LogRecord(
        "a.b", logging.WARNING, "/x/part.py", 12, "%s of 5", (3,), None, "go"
    )
    vars(record).update(more)
    line: dict[str, Any] = json.loads(JsonLines().format(record))
    return line


def test_a_line_says_when_what_and_where() -> None:
    line = written()
    assert datetime.fromisoformat(line.pop("timestamp")).utcoffset() is not None
    assert line == {
        "level": "WARNING",
        "logger": "a.b",
        "message": "3 of 5",
        "module": "part",
        "function": "go",
        "line": 12,
    }


def test_a_line_says_whose_it_is() -> None:
    assert GIVEN.items() <= written(**GIVEN).items()
    before = request_context.set({"request_id": "of a request"})
    try:
        assert written()["request_id"] == "of a request"
    finally:
        request_context.reset(before)


def test_a_line_has_the_whole_exception() -> None:
    try:
        raise ValueError("It broke")
    except ValueError:
        told = written(exc_info=sys.exc_info())["exception"]
    assert told.startswith("Traceback") and told.endswith("ValueError: It broke")


@pytest.fixture
def handler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[logging.Handler]:
    monkeypatch.setattr(logs, "LARGEST", 300)
    root, levels = logging.getLogger(), (logging.getLogger().level, logs.log.level)
    made = log_to(tmp_path)
    yield made
    root.removeHandler(made)
    made.close()
    for logger, level in zip((root, logs.log), levels, strict=True):
        logger.setLevel(level)


def test_files_are_rotated_and_the_oldest_go(handler: logging.Handler, tmp_path: Path) -> None:
    for number in range(20):
        logs.log.info("line %d", number)
    files = sorted(path.name for path in (tmp_path / "logs").iterdir())
    assert files == ["marketer.log", *(f"marketer.log.{n}" for n in range(1, logs.KEPT + 1))]
    (last,) = [
        json.loads(line)["message"]
        for line in (tmp_path / "logs" / "marketer.log").read_text("utf-8").splitlines()
    ][-1:]
    assert last == "line 19"
