"""The command line as a user types it, each command a process of its own."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.fakes.ollama_server import OllamaServer, write_answer
from tests.quick_disk import quick_disk

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
PATIENCE = 240.0


class Marketer:
    """`marketer` on one data folder."""

    def __init__(self, data_dir: Path, environment: dict[str, str]) -> None:
        self.data_dir = data_dir
        self.environment = {**os.environ, "MARKETER_DATA_DIR": str(data_dir), **environment}

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """A command in the background."""
        return subprocess.Popen(
            [sys.executable, "-m", "marketer_desktop", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environment,
        )

    def run(self, *words: str, code: int = 0) -> "subprocess.CompletedProcess[str]":
        """A command to its end, which must have the exit code `code`."""
        return self.ended(self.start(*words), code)

    def ended(
        self, command: "subprocess.Popen[str]", code: int = 0, patience: float = PATIENCE
    ) -> "subprocess.CompletedProcess[str]":
        """A command that was started, to its end, which must have the exit code `code`."""
        with command as process:
            try:
                out, err = process.communicate(timeout=patience)
            except subprocess.TimeoutExpired:
                process.kill()  # else it would be in the way of the tests that follow
                raise
        told = process.args, process.returncode, out[-2000:], err[-4000:]
        assert process.returncode == code, told
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def json(self, *words: str, code: int = 0) -> Any:
        """What a command prints with `--json`."""
        return json.loads(self.run(*words, "--json", code=code).stdout)

    def processes(self) -> list[psutil.Process]:
        """Every living process that names the data folder."""
        return [p for p in psutil.process_iter() if str(self.data_dir) in _command(p)]


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except (psutil.NoSuchProcess, psutil.ZombieProcess, psutil.AccessDenied):
        return ""


def eventually(true: Callable[[], bool], what: str, seconds: float = 60.0) -> None:
    """Wait until `true()`, or fail."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"{what} did not happen within {seconds} s"
        time.sleep(0.05)


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A fresh data folder that PostgreSQL's user can reach."""
    with tempfile.TemporaryDirectory(
        prefix="mkt-", dir=quick_disk(), ignore_cleanup_errors=True
    ) as folder:
        Path(folder).chmod(0o711)
        yield Path(folder) / "data"


@pytest.fixture
def marketer(data_dir: Path) -> Iterator[Marketer]:
    """The command line with no Ollama in reach; nothing of it may be left running."""
    app = Marketer(data_dir, {"OLLAMA_HOST": "127.0.0.1:9"})
    yield app
    eventually(lambda: not app.processes(), "the end of every process", 20)


class Gate:
    """Lets the model's answers through, or holds them back while it is closed."""

    def __init__(self) -> None:
        self._open = threading.Event()
        self._open.set()

    def close(self) -> None:
        """Hold every answer from now on."""
        self._open.clear()

    def open(self) -> None:
        """Let them through."""
        self._open.set()

    def answer(self, body: dict[str, Any]) -> str:
        """Prose for one request, once the gate is open."""
        assert self._open.wait(PATIENCE)
        return write_answer(body)


def is_asked(ollama: OllamaServer, words: str) -> bool:
    """Whether a call with these words has come: looks without a command of its own."""
    return any(words in json.dumps(call.body) for call in ollama.requests)


@pytest.fixture
def gate() -> Gate:
    """Open at first."""
    return Gate()


@pytest.fixture
def ollama(gate: Gate) -> Iterator[OllamaServer]:
    """A protocol-true Ollama that takes its time with every token."""
    with OllamaServer(answer=gate.answer, token_seconds=0.01) as server:
        yield server
        gate.open()  # the server waits for answers under way


@pytest.fixture
def marketer_with_ollama(data_dir: Path, ollama: OllamaServer) -> Iterator[Marketer]:
    """The command line beside a running Ollama."""
    app = Marketer(data_dir, {"OLLAMA_HOST": ollama.address})
    yield app
    eventually(lambda: not app.processes(), "the end of every process", 20)
