"""What tests ask of an embedded PostgreSQL, and do to it."""

import os
import signal
from collections.abc import Callable

import psycopg

from marketer_desktop.storage.embedded.server import EmbeddedPostgres

MakeServer = Callable[..., EmbeddedPostgres]


def setting(url: str, name: str) -> str:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT current_setting(%s)", (name,)).fetchone()
    assert row
    return str(row[0])


def pid_of(server: EmbeddedPostgres) -> int:
    pid = server.state().pid
    assert pid
    return pid


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def remember(url: str, word: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS words (word text)")
        connection.execute("INSERT INTO words VALUES (%s)", (word,))


def remembered(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("SELECT word FROM words ORDER BY word")]
