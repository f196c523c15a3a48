"""What every test may ask for, a real PostgreSQL, and the guards around every test."""

import os

# ONNX Runtime reports its use over the network unless this is set before it is imported.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import gc
import inspect
import shutil
import signal
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from marketer_desktop.knowledge import embeddings
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.observability.logs import log
from marketer_desktop.storage.embedded.server import EmbeddedPostgres
from marketer_desktop.storage.migration import upgrade
from tests.guards import (
    Problems,
    no_new_threads,
    no_tasks_left,
    noted_problems,
    refuse_network,
    refused,
    told,
)
from tests.kept_vectors import KeptVectors
from tests.quick_disk import quick_disk
from tests.turns import InTurns

refuse_network()
# A shell lets what it starts in the background ignore this one, and so would all its children.
signal.signal(signal.SIGINT, signal.default_int_handler)
# As the application does: what is collected and loaded here stays to the end.
gc.set_threshold(10_000)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> InTurns | None:
    """By file means in turns here."""
    return InTurns(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """A test that tried the network fails, even where the code took the refusal calmly."""
    refused.clear()
    yield
    assert not refused, f"This test tried the network: {refused}"


@pytest.fixture(autouse=True)
def threads_end() -> Iterator[None]:
    """Look for threads after all other fixtures are gone."""
    with no_new_threads():
        yield


@pytest.fixture
async def loop_is_empty(threads_end: None) -> AsyncIterator[None]:
    """Look for tasks after all other fixtures of the event loop are gone."""
    yield
    await no_tasks_left()


@pytest.fixture(autouse=True)
def tasks_end(request: pytest.FixtureRequest, threads_end: None) -> None:
    """Only tests that run in an event loop pay for one."""
    if inspect.iscoroutinefunction(getattr(request, "function", None)):
        request.getfixturevalue("loop_is_empty")


@pytest.fixture(autouse=True)
def log_problems() -> Iterator[Problems]:
    """Our log's warnings and errors; a test that causes some looks at `records` and clears them."""
    with noted_problems(log) as problems:
        yield problems
    assert told(problems.records) == []


@pytest.fixture(scope="session")
def kept_vectors(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[KeptVectors]:
    """What the embedding model has made in this test run, in whatever worker."""
    own = tmp_path_factory.getbasetemp()
    folder = own if worker_id == "master" else own.parent
    kept = KeptVectors(folder / "vectors.sqlite", embeddings._vectors)
    yield kept
    kept.close()


@pytest.fixture(scope="session", autouse=True)
def each_text_is_embedded_once(kept_vectors: KeptVectors) -> Iterator[None]:
    """Tests of the model itself ask for `model_at_work`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embeddings, "_vectors", kept_vectors)
        yield


@pytest.fixture
def model_at_work(kept_vectors: KeptVectors, monkeypatch: pytest.MonkeyPatch) -> None:
    """The embedding model itself makes every vector."""
    monkeypatch.setattr(embeddings, "_vectors", kept_vectors.make)


@pytest.fixture(scope="session")
def shared_embeddings() -> Iterator[MiniLmEmbeddings]:
    """The real embedding model, opened once for all tests that only use it."""
    made = MiniLmEmbeddings()
    yield made
    made.close()


@pytest.fixture(scope="session")
def short_folder() -> Iterator[Path]:
    """A folder for the whole session that every user may enter: pytest's own are private."""
    folder = Path(tempfile.mkdtemp(prefix="marketer-test-", dir=quick_disk()))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres_url(short_folder: Path) -> Iterator[str]:
    """The address of a real server, stopped at the end of the session."""
    server = EmbeddedPostgres(short_folder / "session", short_folder / "run")
    url = server.start()
    with psycopg.connect(url, autocommit=True) as connection:
        # Tests do not need their rows after a power cut, and get much faster.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("ALTER SYSTEM SET synchronous_commit = off")
        connection.execute("ALTER SYSTEM SET full_page_writes = off")
        connection.execute("SELECT pg_reload_conf()")
    yield url
    server.stop()


@pytest.fixture
def database_url(postgres_url: str) -> Iterator[str]:
    """The address of an empty database, dropped after the test."""
    with _database(postgres_url, "template1") as url:
        yield url


@pytest.fixture(scope="session")
def migrated_template(postgres_url: str) -> Iterator[str]:
    """The address of a database with all our tables; nobody may stay connected to it."""
    with _database(postgres_url, "template1") as url:
        upgrade(url)
        yield url


@pytest.fixture
def migrated_url(postgres_url: str, migrated_template: str) -> Iterator[str]:
    """The address of a database with all our tables and no rows, dropped after the test."""
    with _database(postgres_url, urlsplit(migrated_template).path.strip("/")) as url:
        yield url


@pytest.fixture
def second_url(postgres_url: str, migrated_template: str) -> Iterator[str]:
    """The address of another such database, for tests of a desktop and its server."""
    with _database(postgres_url, urlsplit(migrated_template).path.strip("/")) as url:
        yield url


@pytest.fixture
def third_url(postgres_url: str, migrated_template: str) -> Iterator[str]:
    """The address of one more, for tests of two desktops and their server."""
    with _database(postgres_url, urlsplit(migrated_template).path.strip("/")) as url:
        yield url


@contextmanager
def _database(server_url: str, template: str) -> Iterator[str]:
    name = f"test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    try:
        yield urlsplit(server_url)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
