"""The rows of a database as they are at one moment, table by table, for an archive."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Self

import psycopg
from psycopg import Connection
from psycopg.sql import SQL, Identifier

from marketer_desktop.storage.addresses import connection_parameters
from marketer_desktop.storage.archive.left_out import COLUMNS, TABLES
from marketer_desktop.storage.archive.manifest import Sequence, Table
from marketer_desktop.storage.archive.problems import ArchiveError
from marketer_desktop.storage.tables import Base

OURS = "public"
SCHEMAS = [OURS, "langgraph", "procrastinate"]
# What tells how far a schema is belongs to the one that is there, not to the rows.
OWN = {("public", "alembic_version"), ("langgraph", "checkpoint_migrations")}
FOUND = """
SELECT n.nspname, c.relname, pg_total_relation_size(c.oid),
       array_agg(a.attname::text ORDER BY a.attnum)
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid
WHERE n.nspname = ANY(%s) AND c.relkind = 'r'
  AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
GROUP BY n.nspname, c.relname, c.oid
ORDER BY n.nspname, c.relname
"""
NUMBERS = """
SELECT schemaname, sequencename, last_value FROM pg_sequences
WHERE schemaname = ANY(%s) AND last_value IS NOT NULL ORDER BY 1, 2
"""
REVISION = "SELECT version_num FROM public.alembic_version"
SIZE = "SELECT pg_database_size(current_database())"
DOCUMENTS = "SELECT DISTINCT file_path FROM documents"


class RowSource:
    """A connection with one view of the database from its beginning to its end."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection
        self.revision = str(self._one(REVISION))
        self.database_bytes = int(self._one(SIZE))
        found = connection.execute(FOUND, (SCHEMAS,)).fetchall()
        self._sizes = {(schema, name): int(size) for schema, name, size, _ in found}
        self.tables = [
            Table(schema_name=schema, name=name, columns=_carried(schema, name, columns), rows=0)
            for schema, name, _, columns in found
            if goes_along(schema, name)
        ]

    @classmethod
    @contextmanager
    def open(cls, url: str) -> Iterator[Self]:
        """Look at the database at `url`; raises ArchiveError if it cannot be read."""
        try:
            with psycopg.connect(**connection_parameters(url)) as connection:
                connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                yield cls(connection)
        except psycopg.Error as error:
            said = str(error).strip()
            raise ArchiveError(f"The database could not be read for a backup. {said}") from error

    def sequences(self) -> list[Sequence]:
        """Asked for last: numbers go on beside every transaction, and may only be too high."""
        found = self._connection.execute(NUMBERS, (SCHEMAS,)).fetchall()
        return [Sequence(schema_name=schema, name=name, last=last) for schema, name, last in found]

    def documents(self) -> list[str]:
        """Where the originals of documents lie."""
        return [row[0] for row in self._connection.execute(DOCUMENTS)]

    def size(self, table: Table) -> int:
        """About how many bytes it has."""
        return self._sizes[table.schema_name, table.name]

    def blocks(self, table: Table, on_rows: Callable[[int], object]) -> Iterator[bytes]:
        """Its rows, as COPY writes them; `on_rows` hears their number in the end."""
        columns = SQL(", ").join(map(Identifier, table.columns))
        statement = SQL("COPY {} ({}) TO STDOUT").format(identifier(table), columns)
        with self._connection.cursor() as cursor:
            with cursor.copy(statement) as copy:
                for block in copy:
                    yield bytes(block)
            on_rows(cursor.rowcount)

    def _one(self, query: str) -> Any:
        row = self._connection.execute(query).fetchone()
        if row is None:
            raise ArchiveError("The database is empty: there is nothing to back up.")
        return row[0]


def goes_along(schema: str, name: str) -> bool:
    """Whether rows of this table are put into archives."""
    ours = schema != OURS or name in Base.metadata.tables
    return ours and not is_left_out(schema, name)


def is_left_out(schema: str, name: str) -> bool:
    """Whether no archive may bring rows of this table."""
    return (schema, name) in OWN or (schema == OURS and name in TABLES)


def identifier(table: Table) -> Identifier:
    """Its name, as SQL writes it."""
    return Identifier(table.schema_name, table.name)


def _carried(schema: str, name: str, columns: list[str]) -> list[str]:
    left_out = COLUMNS.get(name, frozenset()) if schema == OURS else frozenset()
    return [column for column in columns if column not in left_out]
