"""Lets all databases of a worker share their compiled statements.

An application has one database and compiles each statement once. Tests have one each: they would
compile everything anew for every test.
"""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialectAsync_psycopg
from sqlalchemy.util import LRUCache

ROOM = 2000


class KeptStatements:
    """What `PGDialectAsync_psycopg` is given: its objects are as good as each other."""

    def __init__(self) -> None:
        self._compiled: LRUCache[Any, Any] = LRUCache(ROOM)

    def install(self, patch: Any) -> None:
        """Have every engine that is made from now on take part."""
        kind = PGDialectAsync_psycopg
        patch.setattr(kind, "__eq__", lambda one, other: type(one) is type(other))
        patch.setattr(kind, "__hash__", lambda one: hash(type(one)))
        patch.setattr(kind, "engine_created", self._join)

    def _join(self, engine: Engine) -> None:
        engine._compiled_cache = self._compiled
