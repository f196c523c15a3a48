"""What a database holds, as one figure for each table: equal figures, equal rows."""

import psycopg
from psycopg.sql import SQL, Identifier

from marketer_desktop.storage.archive.left_out import COLUMNS, TABLES
from marketer_desktop.storage.archive.rows import FOUND, OWN, SCHEMAS

# Where a document lies differs from folder to folder, and its name is its content's digest.
PLACE = {"documents": "file_path"}


def table_sums(url: str) -> dict[str, tuple[int, str]]:
    """The number of rows and a digest of them for each table that goes into archives."""
    with psycopg.connect(url) as connection:
        return sums_of(connection)


def sums_of(connection: psycopg.Connection) -> dict[str, tuple[int, str]]:
    """The same, as the connection sees it now."""
    connection.execute("SET timezone TO 'UTC'")
    found = connection.execute(FOUND, (SCHEMAS,)).fetchall()
    return {
        f"{schema}.{name}": _sum(connection, schema, name, columns)
        for schema, name, _, columns in found
        if (schema, name) not in OWN and name not in TABLES
    }


def _sum(
    connection: psycopg.Connection, schema: str, name: str, columns: list[str]
) -> tuple[int, str]:
    compared = [each for each in columns if each not in {*COLUMNS.get(name, ()), PLACE.get(name)}]
    row = SQL("ROW({})::text").format(SQL(", ").join(map(Identifier, compared)))
    query = SQL("SELECT count(*), coalesce(md5(string_agg(md5({0}), '' ORDER BY md5({0}))), '')")
    statement = query.format(row) + SQL(" FROM {}").format(Identifier(schema, name))
    found = connection.execute(statement).fetchone()
    assert found is not None
    return found[0], found[1]
