"""Measures how long the database takes for each statement, by what it does."""

import time
from typing import Any

from sqlalchemy import Engine, event

from marketer_desktop.observability.metrics import observe

OPERATIONS = frozenset({"select", "insert", "update", "delete", "with"})
BEGAN = "marketer_began"


def measure_queries(engine: Engine) -> None:
    """Have every statement on `engine` timed from now on."""
    event.listen(engine, "before_cursor_execute", _begin)
    event.listen(engine, "after_cursor_execute", _end)


def _begin(
    connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool
) -> None:
    connection.info[BEGAN] = time.perf_counter()


def _end(
    connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool
) -> None:
    seconds = time.perf_counter() - connection.info[BEGAN]
    first = statement.split(None, 1)[0].lower()
    operation = first if first in OPERATIONS else "other"
    observe("db_query_duration_seconds", seconds, operation=operation)
