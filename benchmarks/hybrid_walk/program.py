"""A `marketer` command that goes on: started, ready with its first line, ended or killed."""

import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks.hybrid_walk.seeing import Missed, until

END_SECONDS = 60.0
APP = (sys.executable, "-m", "marketer_desktop")


class Program:
    """It is told apart by `name`, after which its files in `folder` are called."""

    def __init__(
        self, folder: Path, name: str, words: tuple[str, ...], environment: Mapping[str, str]
    ) -> None:
        self._said, self._log = folder / f"{name}.out", folder / f"{name}.log"
        with self._said.open("wb") as said, self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [*APP, *words], stdout=said, stderr=log, env=dict(environment)
            )

    def ready(self) -> str:
        """Wait for its first line, and return it. Raises `Missed` if it ends before."""
        return until(self._first_line, f"the first word of {self._said.stem}")

    def _first_line(self) -> str:
        if self.process.poll() is not None:
            raise Missed(f"{self._said.stem} has ended: {self._log.read_text()[-2000:]}")
        line, end, _ = self._said.read_text("utf-8").partition("\n")
        return line if end else ""

    def kill(self) -> None:
        """Without a warning."""
        self.process.kill()
        self.process.wait()

    def end(self) -> None:
        """Ask it to end in order, and wait; nothing is done if it has ended."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(END_SECONDS)
