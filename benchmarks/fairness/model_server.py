"""The model of the benchmark: an Ollama server with so many slots and a latency that never varies.

A process of its own, so that it takes no time from the worker that is measured.
"""

import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from subprocess import PIPE, Popen
from typing import Any

from tests.fakes.ollama_server import OllamaServer, write_answer


class Slots:
    """So many answers at once, each after `seconds`; whoever comes first is served first."""

    def __init__(self, count: int, seconds: float) -> None:
        self._free = threading.Semaphore(count)
        self._seconds = seconds

    def answer(self, body: dict[str, Any]) -> str:
        """A scripted text."""
        with self._free:
            time.sleep(self._seconds)
        return write_answer(body)


@contextmanager
def model_server(slots: int, seconds: float) -> Iterator[str]:
    """The address of a running one."""
    words = [sys.executable, "-m", "benchmarks.fairness.model_server", str(slots), str(seconds)]
    with Popen(words, stdin=PIPE, stdout=PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        try:
            yield str(json.loads(process.stdout.readline())["address"])
        finally:
            process.stdin.close()


def main() -> None:
    """Serve until standard input ends."""
    slots = Slots(int(sys.argv[1]), float(sys.argv[2]))
    with OllamaServer(slots.answer) as server:
        sys.stdout.write(json.dumps({"address": server.address}) + "\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
