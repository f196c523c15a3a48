"""The URL of the server, and whether it answers there."""

from contextlib import suppress
from urllib.parse import quote

import psycopg

from marketer_desktop.storage.embedded.cluster import USER, Cluster
from marketer_desktop.storage.embedded.failure import EmbeddedPostgresError
from marketer_desktop.storage.embedded.postmaster import Postmaster

DATABASE = "marketer"
ALWAYS_THERE = "postgres"
FRESH, REPLACED = "_restoring", "_replaced"  # after a database's name, while it is restored
ANSWER_SECONDS = 5


def answering_url(cluster: Cluster, postmaster: Postmaster) -> str | None:
    """The URL of the app's database, made if it is missing; None while the server comes up.

    Raises EmbeddedPostgresError if the server does not accept our password.
    """
    try:
        with psycopg.connect(
            _url(cluster, postmaster, ALWAYS_THERE), connect_timeout=ANSWER_SECONDS, autocommit=True
        ) as connection:
            _ensure_database(connection)
    except psycopg.OperationalError as error:
        if "password authentication failed" in str(error):
            raise EmbeddedPostgresError(
                f"The database in {cluster.folder} does not accept the password in its data "
                "folder. Bring both back from the same copy."
            ) from error
        return None
    return _url(cluster, postmaster, DATABASE)


def _ensure_database(connection: psycopg.Connection) -> None:
    found = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
    if DATABASE not in found:
        connection.execute(f"CREATE DATABASE {DATABASE}")
    for remains in found & {f"{DATABASE}{FRESH}", f"{DATABASE}{REPLACED}"}:
        with suppress(psycopg.Error):  # of a restore that was killed: they only take room
            connection.execute(f"DROP DATABASE {remains} WITH (FORCE)")


def _url(cluster: Cluster, postmaster: Postmaster, database: str) -> str:
    login = f"{USER}:{quote(cluster.password, safe='')}"
    if postmaster.socket_folder:
        place = f"host={quote(postmaster.socket_folder)}&port={postmaster.port}"
        return f"postgresql://{login}@/{database}?{place}"
    return f"postgresql://{login}@{postmaster.address}:{postmaster.port}/{database}"
