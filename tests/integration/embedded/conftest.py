"""Servers for the tests of the embedded PostgreSQL, and folders that their account can enter."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from marketer_desktop.storage.embedded import installation as programs
from marketer_desktop.storage.embedded.server import EmbeddedPostgres
from tests.embedded_server import MakeServer


@pytest.fixture
def place(short_folder: Path) -> Iterator[Path]:
    """A folder for one test which the server's account can enter."""
    folder = Path(tempfile.mkdtemp(dir=short_folder))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def runnable_place() -> Iterator[Path]:
    """A folder on a disk from which programs may be started."""
    folder = Path(tempfile.mkdtemp(prefix="marketer-test-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def shared_place(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where root puts what may not lie in a private folder, instead of `/var/lib`."""
    folder = place / "shared"
    monkeypatch.setattr(programs, "SHARED_PLACE", folder)
    return folder


@pytest.fixture
def runnable_shared_place(runnable_place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shared place for tests that run programs from it."""
    folder = runnable_place / "shared"
    monkeypatch.setattr(programs, "SHARED_PLACE", folder)
    return folder


@pytest.fixture(scope="session")
def made_before(short_folder: Path) -> Path:
    """A data folder to copy, which is faster than initdb."""
    data_dir = short_folder / "made-before"
    server = EmbeddedPostgres(data_dir, short_folder / "made-run")
    server.start()
    server.stop()
    return data_dir


@pytest.fixture
def make(place: Path, made_before: Path) -> Iterator[MakeServer]:
    """Make servers that are stopped after the test."""
    made: list[EmbeddedPostgres] = []

    def _make(data_dir: Path | None = None, **more: Path) -> EmbeddedPostgres:
        if data_dir is None and not (place / "data").exists():
            subprocess.run(["cp", "-a", made_before, place / "data"], check=True)
        server = EmbeddedPostgres(data_dir or place / "data", place / "run", **more)
        made.append(server)
        return server

    yield _make
    for server in made:
        server.stop()
