"""Fills an empty database from an archive: our own tables, with what the archive has of rows."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import Connection
from psycopg.sql import SQL, Identifier

from marketer_desktop.storage.addresses import connection_parameters
from marketer_desktop.storage.archive.manifest import Table
from marketer_desktop.storage.archive.problems import damaged, unfit
from marketer_desktop.storage.archive.reader import ArchiveReader
from marketer_desktop.storage.archive.rows import (
    FOUND,
    SCHEMAS,
    goes_along,
    identifier,
    is_left_out,
)
from marketer_desktop.storage.archive.seal import OnBytes
from marketer_desktop.storage.full_disk import DiskIsFull, is_full_disk
from marketer_desktop.storage.migration import upgrade
from marketer_desktop.system.loading import load

GRAPH = "langgraph"
KEYS = """
SELECT n.nspname, r.relname, c.conname, pg_get_constraintdef(c.oid)
FROM pg_constraint c
JOIN pg_class r ON r.oid = c.conrelid
JOIN pg_namespace n ON n.oid = r.relnamespace
WHERE c.contype = 'f' AND n.nspname = ANY(%s)
"""
# A path may come from any system.
RELOCATE = r"""
UPDATE public.documents SET file_path = %(folder)s || substring(file_path FROM '[^/\\]*$')
WHERE substring(file_path FROM '[^/\\]*$') = ANY(%(originals)s)
"""
Columns = dict[tuple[str, str], set[str]]


def load_archive(url: str, archive: ArchiveReader, documents: Path, on_bytes: OnBytes) -> None:
    """Make our tables as they were at the archive's revision, fill them, bring them up to date.

    The structure is our migrations' own: of the archive only rows are taken, never statements.
    The originals of documents will lie in the folder `documents`. Raises ArchiveError,
    MigrationError or DiskIsFull.
    """
    upgrade(url, to=archive.manifest.revision)
    if any(table.schema_name == GRAPH for table in archive.manifest.tables):
        _make_checkpoints(url)
    try:
        with psycopg.connect(**connection_parameters(url)) as connection:
            there = _columns(connection)
            _compare(archive, there)
            with _free_of_rules(connection, archive.manifest.tables):
                for table in archive.manifest.tables:
                    _fill(connection, archive, table, on_bytes)
                _relocate(connection, archive, documents)
            _set_sequences(connection, archive)
    except psycopg.Error as error:
        if is_full_disk(error):
            raise DiskIsFull from error
        raise damaged(archive.file, f"PostgreSQL refused its rows: {_first_line(error)}") from error
    upgrade(url)


def _make_checkpoints(url: str) -> None:
    async def make() -> None:
        # Brings LangGraph, which no start of a command waits for.
        checkpoints = load("marketer_desktop.storage.checkpoints")
        async with checkpoints.open_checkpointer(url):
            pass

    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        runner.run(make())


def _columns(connection: Connection[Any]) -> Columns:
    found = connection.execute(FOUND, (SCHEMAS,)).fetchall()
    return {(schema, name): set(columns) for schema, name, _, columns in found}


def _compare(archive: ArchiveReader, there: Columns) -> None:
    """The archive has rows for each of our tables and for no other, in columns that are there."""
    told = {
        (table.schema_name, table.name): set(table.columns) for table in archive.manifest.tables
    }
    wanted = {name for name in there if goes_along(*name)}
    for name in (wanted - told.keys()) | {
        name for name in told if name not in there or is_left_out(*name)
    }:
        raise unfit(archive.file, f"it differs in the table {'.'.join(name)}")
    for name, columns in told.items():
        if not columns <= there[name]:
            raise unfit(archive.file, f"it has columns that the table {'.'.join(name)} has not")


@contextmanager
def _free_of_rules(connection: Connection[Any], tables: list[Table]) -> Iterator[None]:
    """Empty tables without foreign keys and triggers; both are back, and true, afterwards."""
    keys = connection.execute(KEYS, (SCHEMAS,)).fetchall()
    for schema, table, key, _ in keys:
        _run(connection, "ALTER TABLE {} DROP CONSTRAINT {}", Identifier(schema, table), key)
    places = [identifier(table) for table in tables]
    for place in places:
        _run(connection, "ALTER TABLE {} DISABLE TRIGGER USER", place)
        _run(connection, "TRUNCATE {}", place)
    yield
    for place in places:
        _run(connection, "ALTER TABLE {} ENABLE TRIGGER USER", place)
    for schema, table, key, definition in keys:
        # PostgreSQL's own words, about tables that our migrations have made.
        statement = SQL("ALTER TABLE {} ADD CONSTRAINT {} {}")
        names = Identifier(schema, table), Identifier(key)
        connection.execute(statement.format(*names, SQL(definition)))


def _run(connection: Connection[Any], statement: str, place: Identifier, *names: str) -> None:
    connection.execute(SQL(statement).format(place, *map(Identifier, names)))


def _fill(
    connection: Connection[Any], archive: ArchiveReader, table: Table, on_bytes: OnBytes
) -> None:
    columns = SQL(", ").join(map(Identifier, table.columns))
    statement = SQL("COPY {} ({}) FROM STDIN").format(identifier(table), columns)
    (member,) = (each for each in archive.manifest.members if each.name == table.member)
    with connection.cursor() as cursor:
        with cursor.copy(statement) as copy:
            for block in archive.blocks(member):
                copy.write(block)
                on_bytes(len(block))
        if cursor.rowcount != table.rows:
            raise damaged(archive.file, f"“{table.member}” has not the rows that it had")


def _relocate(connection: Connection[Any], archive: ArchiveReader, documents: Path) -> None:
    """The originals that are in the archive lie here now."""
    names = [member.name for member in archive.manifest.members]
    originals = [name.partition("/")[2] for name in names if name.startswith("documents/")]
    connection.execute(RELOCATE, {"folder": f"{documents}{os.sep}", "originals": originals})


def _set_sequences(connection: Connection[Any], archive: ArchiveReader) -> None:
    for sequence in archive.manifest.sequences:
        name = Identifier(sequence.schema_name, sequence.name).as_string(connection)
        connection.execute("SELECT setval(%s::regclass, %s)", (name, sequence.last))


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0]
