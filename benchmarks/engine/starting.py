"""From the start of an engine's process until it takes calls, with and without a new database.

The peer does in the same order what cannot be left out: a process loads the libraries that the
first calls need, then PostgreSQL's own programs make a database, if there is none, and start it.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from benchmarks.engine.figures import Figure
from marketer_desktop.system.children import child_command

ROUNDS = 5
LIBRARIES = "pydantic", "sqlalchemy.ext.asyncio", "psycopg", "alembic.command", "procrastinate"
PEER = """
import asyncio, sys
from importlib import import_module
from pathlib import Path
for name in sys.argv[2:]:
    import_module(name)
from marketer_desktop.bootstrap.embedded_database import embedded
from marketer_desktop.settings.settings import load_settings
postgres = embedded(load_settings(Path(sys.argv[1])))
postgres.start()
print("ready", flush=True)
sys.stdin.read()
postgres.stop()
"""


def measure(tell: Callable[[str], None], rounds: int = ROUNDS) -> list[Figure]:
    """Seconds of both, each the median of several starts in turn."""
    with tempfile.TemporaryDirectory(prefix="mkt-start-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        fresh = _both(folder, rounds, tell, fresh=True)
        again = _both(folder, rounds, tell, fresh=False)
    return [
        _figure("start to ready, with initdb", *fresh),
        _figure("start to ready, without", *again),
    ]


def _figure(name: str, ours: float, peer: float) -> Figure:
    return Figure(name, f"{ours:.2f} s", f"{peer:.2f} s", ours / peer)


def _both(
    folder: Path, rounds: int, tell: Callable[[str], None], *, fresh: bool
) -> tuple[float, float]:
    ours: list[float] = []
    peer: list[float] = []
    for number in range(1, rounds + 1):
        tell(f"Start {number} of {rounds}, {'with' if fresh else 'without'} initdb")
        for seconds, command, data in (
            (ours, child_command("engine", [str(folder / "ours")]), folder / "ours"),
            (peer, [sys.executable, "-c", PEER, str(folder / "peer"), *LIBRARIES], folder / "peer"),
        ):
            if fresh:
                shutil.rmtree(data, ignore_errors=True)
            data.mkdir(exist_ok=True)
            seconds.append(_seconds_until_ready(command))
    return statistics.median(ours), statistics.median(peer)


def _seconds_until_ready(command: list[str]) -> float:
    began = perf_counter()
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdin is not None and process.stdout is not None
    line = next((line for line in process.stdout if "ready" in line or "failed" in line), "")
    seconds = perf_counter() - began
    process.stdin.close()
    process.stdout.read()
    process.wait()
    if "ready" not in line:
        raise RuntimeError(f"The engine did not start: {line}")
    return seconds
