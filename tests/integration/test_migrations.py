"""The migrations: up, down, twice at once, and in agreement with the models."""

import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import psycopg
import pytest
from procrastinate.schema import SchemaManager

from marketer_desktop.storage import migration
from marketer_desktop.storage.migration import (
    MigrationError,
    current_and_head,
    differences,
    downgrade,
    upgrade,
)

NAMED_BY_THE_SPECIFICATION = {
    "users",
    "organizations",
    "organization_members",
    "projects",
    "campaigns",
    "activities",
    "documents",
    "agent_executions",
    "workflow_states",
    "agent_api_keys",
    "usage_events",
    "audit_logs",
    "subscriptions",
    "invoices",
    "notifications",
}
REVISIONS = [f"{number:04}" for number in (1, 2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 14, 15)]
UPGRADE = "import sys; from marketer_desktop.storage.migration import upgrade; "
UPGRADE += "print(*upgrade(sys.argv[1]))"


@pytest.fixture
def connection(migrated_url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(migrated_url) as connection:
        yield connection


def test_up_down_to_nothing_and_up_again(database_url: str) -> None:
    before = _everything(database_url)
    assert current_and_head(database_url) == (None, "0015")

    assert upgrade(database_url) == REVISIONS
    assert current_and_head(database_url) == ("0015", "0015")
    assert differences(database_url) == []
    assert upgrade(database_url) == []

    downgrade(database_url, "base")
    assert _everything(database_url) == before

    assert upgrade(database_url) == REVISIONS
    assert differences(database_url) == []


def test_each_revision_goes_back_alone(migrated_url: str) -> None:
    everything = _everything(migrated_url)
    for revision in ("0002", "0001"):
        downgrade(migrated_url, revision)
        assert current_and_head(migrated_url)[0] == revision
    assert upgrade(migrated_url) == REVISIONS[1:]
    assert _everything(migrated_url) == everything


def test_two_processes_may_upgrade_at_once(database_url: str) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", UPGRADE, database_url], stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    outputs = [process.communicate(timeout=60)[0].split() for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert sorted(outputs) == [[], REVISIONS]
    assert differences(database_url) == []


def test_a_second_process_does_not_wait_for_ever(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migration, "PATIENCE_S", 0.2)
    with psycopg.connect(database_url) as holder:
        holder.execute("SELECT pg_advisory_lock(%s)", (migration.MIGRATION_LOCK,))
        with pytest.raises(MigrationError, match="Another process"):
            upgrade(database_url)


def test_a_database_of_a_newer_app_is_refused(migrated_url: str) -> None:
    with psycopg.connect(migrated_url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(MigrationError, match=r"newer version.*9999.*Update the application"):
        upgrade(migrated_url)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("DROP INDEX idx_activities_created", "index activities.idx_activities_created"),
        ("ALTER TABLE users DROP CONSTRAINT ck_users_role", "constraint users.ck_users_role"),
        ("ALTER TABLE users ALTER email DROP NOT NULL", "column users.email"),
        ("ALTER TABLE users ALTER locale SET DEFAULT 'de'", "column users.locale"),
        ("ALTER TABLE documents ADD surprise INTEGER", "column documents.surprise"),
    ],
)
def test_every_kind_of_difference_is_told(migrated_url: str, change: str, found: str) -> None:
    with psycopg.connect(migrated_url) as connection:
        connection.execute(change)
    assert any(difference.startswith(found) for difference in differences(migrated_url))


def test_all_named_tables_and_at_least_sixty_indexes(connection: psycopg.Connection) -> None:
    tables = _column(connection, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    assert {*NAMED_BY_THE_SPECIFICATION, "document_chunks", "run_events"} <= set(tables)
    indexes = _column(
        connection,
        "SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND indexname LIKE 'idx_%'",
    )
    assert len(indexes) >= 60


def test_every_table_with_updated_at_has_it_moved(connection: psycopg.Connection) -> None:
    stamped = _column(
        connection,
        "SELECT table_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND column_name = 'updated_at'"
        " AND table_name IN (SELECT tablename FROM pg_tables)",
    )
    triggered = _column(
        connection,
        "SELECT event_object_table FROM information_schema.triggers"
        " WHERE action_timing = 'BEFORE' AND event_manipulation = 'UPDATE'"
        " AND action_statement = 'EXECUTE FUNCTION update_updated_at_column()'",
    )
    assert len(stamped) >= 8
    assert set(stamped) == set(triggered)

    connection.execute("INSERT INTO users (email, updated_at) VALUES ('a@b.example', '2001-01-01')")
    connection.execute("UPDATE users SET name = 'Ada'")
    moved = _column(connection, "SELECT updated_at = CURRENT_TIMESTAMP FROM users")
    assert moved == [True]


def test_no_time_stamp_without_a_zone(connection: psycopg.Connection) -> None:
    naive = _column(
        connection,
        "SELECT table_name || '.' || column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND data_type = 'timestamp without time zone'",
    )
    assert naive == []


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO users (email, role) VALUES ('a@b.example', 'god')",
        "INSERT INTO organizations (name, slug, plan) VALUES ('A', 'a', 'gold')",
        "INSERT INTO audit_logs (action, status) VALUES ('user.login', 'perhaps')",
    ],
)
def test_unknown_words_are_refused(connection: psycopg.Connection, statement: str) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        connection.execute(statement)


def test_the_summary_counts_every_cost_once(connection: psycopg.Connection) -> None:
    """Two members, two activities, two documents: joined naively, 1.5 would become 12."""
    connection.execute(
        """
        INSERT INTO users (email) VALUES ('a@b.example'), ('b@b.example');
        INSERT INTO organizations (name, slug) VALUES ('Acme', 'acme');
        INSERT INTO organization_members (user_id, organization_id) SELECT id, 1 FROM users;
        INSERT INTO projects (organization_id, owner_id, name, is_archived)
            VALUES (1, 1, 'Live', false), (1, 1, 'Old', true);
        INSERT INTO campaigns (project_id, owner_id, name) SELECT id, 1, 'General' FROM projects;
        INSERT INTO activities (campaign_id, owner_id, type, topic)
            VALUES (1, 1, 'blog', 'One'), (1, 1, 'email', 'Two'), (2, 1, 'blog', 'Archived');
        INSERT INTO documents (organization_id, uploaded_by, filename, file_path, content_hash)
            VALUES (1, 1, 'a.pdf', '/a.pdf', repeat('a', 64)),
                   (1, 1, 'b.pdf', '/b.pdf', repeat('b', 64));
        INSERT INTO usage_events (organization_id, event_type, cost_usd, event_date)
            VALUES (1, 'llm_request', 1.25, CURRENT_DATE), (1, 'llm_request', 0.25, CURRENT_DATE),
                   (1, 'llm_request', 99, CURRENT_DATE - 40);
        """
    )
    row = connection.execute(
        "SELECT user_count, project_count, activity_count, document_count,"
        " total_cost_this_month::float FROM organization_usage_summary"
    ).fetchone()
    assert row == (2, 1, 2, 2, 1.5)


def test_the_feed_reads_the_word_count_where_it_lives(connection: psycopg.Connection) -> None:
    connection.execute(
        """
        INSERT INTO users (email) VALUES ('a@b.example');
        INSERT INTO organizations (name, slug) VALUES ('Acme', 'acme');
        INSERT INTO projects (organization_id, owner_id, name) VALUES (1, 1, 'Live');
        INSERT INTO campaigns (project_id, owner_id, name) VALUES (1, 1, 'General');
        INSERT INTO activities (campaign_id, owner_id, type, topic, content, created_at) VALUES
            (1, 1, 'blog', 'Old', NULL, '2020-01-01'),
            (1, 1, 'blog', 'New', '{"metadata": {"word_count": 612}}', '2021-01-01');
        """
    )
    rows = connection.execute(
        "SELECT topic, word_count, organization_name, owner_email FROM recent_activities_feed"
    ).fetchall()
    assert rows == [("New", 612, "Acme", "a@b.example"), ("Old", None, "Acme", "a@b.example")]


def test_the_same_content_once_in_a_project_and_once_outside(
    connection: psycopg.Connection,
) -> None:
    connection.execute(
        """
        INSERT INTO users (email) VALUES ('a@b.example');
        INSERT INTO organizations (name, slug) VALUES ('Acme', 'acme');
        INSERT INTO projects (organization_id, owner_id, name) VALUES (1, 1, 'Live');
        """
    )
    insertion = (
        "INSERT INTO documents"
        " (organization_id, project_id, uploaded_by, filename, file_path, content_hash)"
        " VALUES (1, %s, 1, 'a.pdf', '/a.pdf', repeat('a', 64))"
    )
    connection.execute(insertion, (1,))
    connection.execute(insertion, (None,))
    with pytest.raises(psycopg.errors.UniqueViolation):
        connection.execute(insertion, (None,))


def test_the_queue_says_which_release_made_it(connection: psycopg.Connection) -> None:
    comments = _column(
        connection, "SELECT obj_description('procrastinate'::regnamespace, 'pg_namespace')"
    )
    assert comments == [f"procrastinate {version('procrastinate')}"]


def test_a_release_of_the_queue_with_newer_tables_needs_a_revision() -> None:
    """Revision 0002 writes the tables of the installed release; databases out there have these."""
    scripts = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    assert scripts[-1].name == "03.04.00_50_post_add_retry_failed_job_procedure.sql"


def _everything(url: str) -> list[tuple[str, ...]]:
    """Schemas, relations, functions, types and triggers that are not PostgreSQL's own."""
    query = """
        SELECT 'schema', nspname, '' FROM pg_namespace
        UNION SELECT 'relation', nspname, relname FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
        UNION SELECT 'function', nspname, proname FROM pg_proc p
            JOIN pg_namespace n ON n.oid = p.pronamespace
        UNION SELECT 'type', nspname, typname FROM pg_type t
            JOIN pg_namespace n ON n.oid = t.typnamespace
        UNION SELECT 'trigger', tgrelid::regclass::text, tgname FROM pg_trigger
            WHERE NOT tgisinternal
        ORDER BY 1, 2, 3
    """
    with psycopg.connect(url) as connection:
        rows = connection.execute(query).fetchall()
    return [row for row in rows if row[1] not in ("pg_catalog", "pg_toast", "information_schema")]


def _column(connection: psycopg.Connection, query: str) -> list[object]:
    return [row[0] for row in connection.execute(query)]
