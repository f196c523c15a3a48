"""The versions of rows that sync: given at the commit, in the order in which rows are seen."""

import threading
from collections.abc import Iterator

import psycopg
import pytest

# What it would be like without a lock: a number that is taken is not yet seen.
SEQUENCE = """
CREATE SEQUENCE plain;
CREATE OR REPLACE FUNCTION sync_next(organization INTEGER, person INTEGER) RETURNS BIGINT
LANGUAGE sql AS $$ SELECT nextval('plain') $$;
"""
EVERYBODY = """
INSERT INTO users (email) VALUES ('ada@a.example'), ('bob@a.example'), ('cleo@a.example');
INSERT INTO organizations (name, slug) VALUES ('Acme', 'acme'), ('Bolt', 'bolt');
INSERT INTO projects (organization_id, owner_id, name, share_with_team)
    VALUES (1, 1, 'Shared', true), (1, 1, 'Own', false);
INSERT INTO campaigns (project_id, owner_id, name) VALUES (1, 1, 'Shared'), (2, 1, 'Own');
INSERT INTO activities (campaign_id, owner_id, type, topic)
    VALUES (1, 1, 'blog', 'Shared'), (2, 1, 'blog', 'Own');
INSERT INTO activity_revisions (activity_id, number, reason, markdown)
    VALUES (1, 1, 'edited', 'Shared'), (2, 1, 'edited', 'Own');
"""
JOIN = "INSERT INTO organization_members (user_id, organization_id) VALUES (%s, %s)"
MEMBERS = "SELECT user_id, version FROM organization_members WHERE version > %s ORDER BY version"
# What is changed, and whether others are told.
TOLD = {
    "UPDATE organizations SET name = 'A' WHERE id = 1": True,
    "UPDATE organizations SET requests_today = 7 WHERE id = 1": False,
    "UPDATE organizations SET name = name WHERE id = 1": False,
    "UPDATE projects SET name = 'A' WHERE id = 1": True,
    "UPDATE projects SET name = 'A' WHERE id = 2": False,
    "UPDATE campaigns SET name = 'A' WHERE id = 1": True,
    "UPDATE campaigns SET name = 'A' WHERE id = 2": False,
    "UPDATE activities SET content = '{}' WHERE id = 1": True,
    "UPDATE activities SET content = '{}' WHERE id = 2": False,
    "UPDATE activities SET last_event_seq = 7, workflow_state = '{}' WHERE id = 1": False,
    "UPDATE activity_revisions SET markdown = 'A' WHERE id = 1": True,
    "UPDATE activity_revisions SET markdown = 'A' WHERE id = 2": False,
    "UPDATE users SET name = 'Ada' WHERE id = 3": True,
    "UPDATE users SET locale = 'de' WHERE id = 3": False,
    "DELETE FROM activities WHERE id = 1": True,
    "DELETE FROM activities WHERE id = 2": False,
}


@pytest.fixture
def connection(migrated_url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(migrated_url, autocommit=True) as connection:
        connection.execute(EVERYBODY)
        yield connection


class Reader:
    """Asks for what is newer than the newest it has."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection
        self._version = 0
        self.seen: list[int] = []

    def read(self) -> None:
        for user_id, version in self._connection.execute(MEMBERS, (self._version,)):
            self.seen.append(user_id)
            self._version = max(self._version, version)


def two_join_at_once(url: str, reader: Reader) -> list[int]:
    """The first has its version before the second, and commits when the second may have done so.

    What the reader has seen in the end, which asks after each step.
    """
    done = threading.Event()

    def second() -> None:
        with psycopg.connect(url) as other:
            other.execute(JOIN, (2, 1))
        done.set()

    with psycopg.connect(url) as first:
        first.execute(JOIN, (1, 1))
        first.execute("SET CONSTRAINTS ALL IMMEDIATE")
        reader.read()
        thread = threading.Thread(target=second)
        thread.start()
        _waits_or_is_done(url, done)
        reader.read()
    thread.join(timeout=30)
    reader.read()
    return reader.seen


def _waits_or_is_done(url: str, done: threading.Event) -> None:
    """Until the second has committed, or waits for the first: there is no third."""
    waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
    waiting += " AND cardinality(pg_blocking_pids(pid)) > 0"
    with psycopg.connect(url, autocommit=True) as watcher:
        for _ in range(3000):
            if done.wait(0.01) or watcher.execute(waiting).fetchone():
                return
    raise AssertionError("the second transaction neither waits nor ends")


def test_a_reader_skips_no_row_of_two_concurrent_transactions(
    connection: psycopg.Connection, migrated_url: str
) -> None:
    assert two_join_at_once(migrated_url, Reader(connection)) == [1, 2]


def test_with_a_plain_sequence_the_same_reader_skips_one(
    connection: psycopg.Connection, migrated_url: str
) -> None:
    connection.execute(SEQUENCE)
    assert two_join_at_once(migrated_url, Reader(connection)) == [2]


def test_nobody_waits_for_a_transaction_that_is_not_at_its_end(
    connection: psycopg.Connection, migrated_url: str
) -> None:
    with psycopg.connect(migrated_url) as slow:
        slow.execute(JOIN, (1, 1))
        connection.execute("SET lock_timeout = '5s'")
        connection.execute(JOIN, (2, 1))
        assert Reader(connection).seen == []
    members = Reader(connection)
    members.read()
    assert members.seen == [2, 1]


def test_counters_are_locked_in_one_order_whatever_was_written_first(
    connection: psycopg.Connection, migrated_url: str
) -> None:
    """Who waits for the first holds no later one: two that need both cannot block each other."""
    lock = "SELECT FROM sync_counters WHERE organization_id = %s FOR UPDATE NOWAIT"
    done = threading.Event()

    def join() -> None:
        with psycopg.connect(migrated_url) as own:
            own.execute(JOIN, (3, 2))
            own.execute(JOIN, (3, 1))
        done.set()

    with psycopg.connect(migrated_url) as holder:
        holder.execute(lock, (1,))
        thread = threading.Thread(target=join)
        thread.start()
        _waits_or_is_done(migrated_url, done)
        assert not done.is_set()
        connection.execute(lock, (2,))
    thread.join(timeout=30)
    assert done.is_set()


def test_what_is_told_to_others_has_a_new_version(connection: psycopg.Connection) -> None:
    connection.execute(JOIN, (3, 1))
    before = _version(connection)
    moved = {}
    for change in TOLD:
        with connection.transaction(force_rollback=True):
            connection.execute(change)
            connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
            moved[change] = _version(connection) > before
    assert moved == TOLD


def test_rows_of_a_mirror_keep_the_versions_of_their_server(connection: psycopg.Connection) -> None:
    connection.execute("UPDATE sync_counters SET is_mirror = true WHERE organization_id = 1")
    connection.execute("UPDATE organizations SET version = 41 WHERE id = 1")
    connection.execute("UPDATE organizations SET name = 'Here' WHERE id = 1")
    connection.execute("UPDATE projects SET share_with_team = false WHERE id = 1")
    kept = connection.execute("SELECT version FROM organizations WHERE id = 1").fetchone()
    assert kept == (41,)
    assert connection.execute("SELECT * FROM sync_tombstones").fetchall() == []


def test_who_begins_to_share_waits_for_what_is_being_written(
    connection: psycopg.Connection, migrated_url: str
) -> None:
    """Else a text would have no version, and would not be there either when all is first read."""
    connection.execute("SET lock_timeout = '100ms'")
    share = "UPDATE projects SET share_with_team = true WHERE id = 2"
    with psycopg.connect(migrated_url) as writer:
        writer.execute("UPDATE activities SET content = '{}' WHERE id = 2")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            connection.execute(share)
    connection.execute(share)
    assert connection.execute("SELECT seen_since > 0 FROM projects WHERE id = 2").fetchone() == (
        True,
    )


def test_a_deleted_organization_takes_everything_along(connection: psycopg.Connection) -> None:
    connection.execute(JOIN, (3, 1))
    connection.execute("DELETE FROM projects WHERE organization_id = 1")
    buried = connection.execute("SELECT entity, visibility FROM sync_tombstones").fetchall()
    assert buried == [("project", "organization")]
    connection.execute("DELETE FROM organizations WHERE id = 1")
    assert connection.execute("SELECT * FROM sync_tombstones").fetchall() == []


def _version(connection: psycopg.Connection) -> int:
    row = connection.execute("SELECT version FROM sync_counters WHERE organization_id = 1")
    found = row.fetchone()
    assert found is not None
    return int(found[0])
