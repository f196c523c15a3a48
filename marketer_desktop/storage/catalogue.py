"""Compares what the models would create with what a database has, by PostgreSQL's own words."""

from sqlalchemy import Connection, text

from marketer_desktop.storage.tables import Base

SCRATCH = "marketer_models"
COLUMNS = """
SELECT 'column ' || c.relname || '.' || a.attname,
       concat_ws(' ', format_type(a.atttypid, a.atttypmod),
                 CASE WHEN a.attnotnull THEN 'NOT NULL' END,
                 'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid))
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relnamespace = CAST(:schema AS regnamespace)
  AND a.attnum > 0 AND NOT a.attisdropped
"""
# Models know nothing of triggers.
CONSTRAINTS = """
SELECT 'constraint ' || r.relname || '.' || c.conname, pg_get_constraintdef(c.oid)
FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid
WHERE c.connamespace = CAST(:schema AS regnamespace) AND c.contype <> 't'
"""
INDEXES = """
SELECT 'index ' || tablename || '.' || indexname, replace(indexdef, schemaname || '.', '')
FROM pg_indexes WHERE schemaname = :schema
"""
# PostgreSQL says a condition in other words once it has read its own words again.
READ_AGAIN = """
DO $$
DECLARE c record;
BEGIN
    FOR c IN SELECT conrelid::regclass AS place, conname, pg_get_constraintdef(oid) AS definition
             FROM pg_constraint
             WHERE connamespace = current_schema()::regnamespace AND contype = 'c'
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I, ADD CONSTRAINT %I %s',
                       c.place, c.conname, c.conname, c.definition);
    END LOOP;
END $$
"""


def catalogue_differences(connection: Connection) -> list[str]:
    """Columns, constraints and indexes that differ, one sentence each.

    The models' tables are created in a schema of their own inside a transaction that is rolled
    back, so nothing stays behind. A database that was restored from a backup does not differ.
    """
    found = _definitions(connection, "public")
    connection.execute(text(f"CREATE SCHEMA {SCRATCH}"))
    connection.execute(text(f"SET LOCAL search_path TO {SCRATCH}"))
    Base.metadata.create_all(connection, checkfirst=False)
    wanted = _definitions(connection, SCRATCH)
    connection.execute(text(READ_AGAIN))
    restored = _definitions(connection, SCRATCH)
    connection.rollback()
    return [
        f"{name}: the models say {wanted.get(name, 'nothing')}, "
        f"the database has {found.get(name, 'nothing')}"
        for name in sorted(wanted.keys() | found.keys())
        if found.get(name) not in (wanted.get(name), restored.get(name))
    ]


def _definitions(connection: Connection, schema: str) -> dict[str, str]:
    connection.execute(text(f"SET LOCAL search_path TO {schema}"))
    return {
        name: definition
        for query in (COLUMNS, CONSTRAINTS, INDEXES)
        for name, definition in connection.execute(text(query), {"schema": schema})
        if not name.split()[1].startswith("alembic_version.")
    }
