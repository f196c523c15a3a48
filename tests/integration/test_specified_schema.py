"""Every table, column, key and index of the specification's section 7 is in the database."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

SPECIFIED = Path(__file__).parents[1] / "data" / "specified_schema.sql"
TABLES = re.findall(r"CREATE TABLE (\w+)", SPECIFIED.read_text("utf-8"))

# What its comments say that a column may hold.
WORDS = {
    "organizations.plan": "free pro enterprise",
    "organizations.llm_mode": "cloud local_agent hybrid",
    "organizations.agent_status": "not_configured connected disconnected",
    "organizations.compliance_mode": "standard hipaa gdpr soc2",
    "organizations.data_residency": "us eu asia",
    "organization_members.role": "owner admin member viewer",
    "projects.visibility": "private team organization",
    "campaigns.status": "planning active paused completed",
    "activities.type": "blog linkedin twitter webpage email",
    "activities.status": "draft generating completed published archived",
    "documents.status": "pending processing indexed error",
    "agent_executions.status": "running completed failed",
    "audit_logs.status": "success failure",
    "subscriptions.plan": "pro enterprise",
    "subscriptions.status": "active past_due canceled trialing",
    "subscriptions.interval": "month year",
    "invoices.status": "draft open paid void",
}

COLUMNS = """
    SELECT attname, format_type(atttypid, atttypmod), attnotnull,
        replace(pg_get_expr(adbin, adrelid), 'specified.', '')
    FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
"""
REFERENCES = """
    SELECT replace(pg_get_constraintdef(oid), 'specified.', '') FROM pg_constraint
    WHERE conrelid = %s::regclass AND contype IN ('f', 'p')
"""
INDEXES = """
    SELECT regexp_replace(pg_get_indexdef(indexrelid), '.* USING btree \\((.*)\\)', '\\1'),
        indisunique
    FROM pg_index WHERE indrelid = %s::regclass AND indpred IS NULL
"""


@pytest.fixture
def connection(migrated_url: str) -> Iterator[psycopg.Connection]:
    """A migrated database with the specified tables beside ours."""
    specified = SPECIFIED.read_text("utf-8")
    with psycopg.connect(migrated_url) as connection:
        connection.execute("CREATE SCHEMA specified; SET search_path = specified")
        # Times have a zone here: desktops move.
        connection.execute(re.sub(r"\bTIMESTAMP\b", "TIMESTAMPTZ", specified).encode())
        connection.execute("SET search_path = public")
        yield connection


def both(connection: psycopg.Connection, query: str, table: str) -> list[list[tuple[Any, ...]]]:
    """What the specification has of a table, and what there is."""
    places = (f"specified.{table}", f"public.{table}")
    return [connection.execute(query.encode(), (place,)).fetchall() for place in places]


def test_it_is_the_whole_section() -> None:
    text = SPECIFIED.read_text("utf-8")
    assert len(TABLES) == 15 and text.count("CREATE INDEX") == 52


def test_columns_have_their_types_and_defaults(connection: psycopg.Connection) -> None:
    for table in TABLES:
        specified, ours = both(connection, COLUMNS, table)
        found = {name: (kind, needed, default) for name, kind, needed, default in ours}
        for name, kind, needed, default in specified:
            # Stricter is only what the database fills in by itself.
            strict = needed or (default is not None and found[name][1])
            assert found[name] == (kind, strict, default), f"{table}.{name}"


def test_references_go_where_they_should(connection: psycopg.Connection) -> None:
    for table in TABLES:
        specified, ours = both(connection, REFERENCES, table)
        assert set(specified) <= set(ours), table


def test_what_is_unique_and_what_is_indexed(connection: psycopg.Connection) -> None:
    for table in TABLES:
        specified, ours = both(connection, INDEXES, table)
        unique = {columns for columns, is_unique in ours if is_unique}
        for columns, is_unique in specified:
            served = any(f"{each}, ".startswith(f"{columns}, ") for each, _ in ours)
            assert columns in unique if is_unique else served, f"{table}: {columns}"


def test_columns_take_the_words_of_the_specification(connection: psycopg.Connection) -> None:
    rules: dict[str, str] = dict(
        connection.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace AND contype = 'c'"
        ).fetchall()
    )
    for column, words in WORDS.items():
        rule = rules["ck_" + column.replace(".", "_")]
        assert [word for word in words.split() if f"'{word}'" not in rule] == [], column
