"""The watchdog: a child that outlives a killed owner just long enough to stop its servers."""

import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import psutil
from filelock import FileLock

from marketer_desktop.system.children import start_child
from marketer_desktop.system.processes import ends_within, kill, send_signal

NAME = "watchdog"
LOCK_FILE = "watchdog.lock"
ANSWER = b"ok\n"
SIGNAL_SECONDS = 10.0
CLOSE_SECONDS = 40.0
LOCK_SECONDS = 60.0
IGNORED = ("SIGINT", "SIGTERM", "SIGHUP")


class WatchdogError(RuntimeError):
    """The watchdog could not be started; the text says what to do."""


class Watchdog:
    """The owner's side: what is watched is stopped when this process ends, however it ends."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._child: subprocess.Popen[bytes] | None = None
        self._watched: dict[int, tuple[str, ...]] = {}
        self._turn = threading.Lock()

    @property
    def pid(self) -> int | None:
        """The number of the watchdog's process; None before `start` and after `close`."""
        return self._child.pid if self._child else None

    def start(self) -> None:
        """Start the watchdog, once that of a killed owner has finished its cleaning.

        Blocks. Look for a server to adopt only after it. Raises WatchdogError.
        """
        with self._turn:
            self._start()

    def watch(self, pid: int, *signals: str) -> None:
        """Have process `pid` stopped by `signals` in turn (as in `SIGINT`), at last by force.

        Blocks until the watchdog knows the process. Of several, the latest is stopped first.
        """
        with self._turn:
            self._watched[pid] = signals
            self._tell(f"add {' '.join([str(pid), *signals])}")

    def forget(self, pid: int) -> None:
        """Leave the process `pid` alone; no error if it is not watched."""
        with self._turn:
            if self._watched.pop(pid, None) is not None:
                self._tell(f"remove {pid}")

    def close(self) -> None:
        """Stop what is still watched, and end. Safe to call twice."""
        with self._turn:
            self._watched.clear()
            if self._child is None:
                return
            try:
                self._child.communicate(timeout=CLOSE_SECONDS)
            except subprocess.TimeoutExpired:
                self._bury()
            self._child = None

    def _start(self) -> None:
        self._data_dir.mkdir(parents=True, exist_ok=True)
        self._child = start_child(NAME, [str(self._data_dir)])
        if not self._answered():
            self._bury()
            raise WatchdogError(
                "The process that stops the database after a crash could not be started. "
                f"Check that files can be written in {self._data_dir}, then start again."
            )

    def _tell(self, line: str) -> None:
        """Send `line`; a watchdog that was killed is replaced, and told everything again."""
        if self._said(line):
            return
        self._bury()
        self._start()
        for pid, signals in self._watched.items():
            self._said(f"add {' '.join([str(pid), *signals])}")

    def _bury(self) -> None:
        """End a child that is dead or of no use, and take its exit code."""
        if self._child:
            self._child.kill()
            with suppress(OSError):
                self._child.communicate()
            self._child = None

    def _said(self, line: str) -> bool:
        if self._child is None or self._child.stdin is None:
            return False
        try:
            self._child.stdin.write(f"{line}\n".encode())
            self._child.stdin.flush()
        except OSError:
            return False
        return self._answered()

    def _answered(self) -> bool:
        return (
            self._child is not None
            and self._child.stdout is not None
            and self._child.stdout.readline() == ANSWER
        )


def main(arguments: list[str]) -> None:
    """Run the watchdog of the data folder `arguments[0]` until its input ends, then clean up.

    Input lines are `add PID SIGNAL…` and `remove PID`; each is answered by `ok`. The lock is
    held to the end of the cleaning: the watchdog of the next owner waits for it.
    """
    for name in IGNORED:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    with FileLock(Path(arguments[0]) / LOCK_FILE, timeout=LOCK_SECONDS):
        _answer()
        for process, signals in reversed(_listen().values()):
            _stop(process, signals)


def _listen() -> dict[int, tuple[psutil.Process, list[str]]]:
    """Read until the owner ends; return what is to be stopped then.

    Processes are looked up at once: psutil knows them later by more than their number, so that
    another one that got the number is left alone.
    """
    watched: dict[int, tuple[psutil.Process, list[str]]] = {}
    for line in sys.stdin:
        word, number, *signals = line.split()
        watched.pop(int(number), None)
        if word == "add":
            with suppress(psutil.NoSuchProcess):
                watched[int(number)] = psutil.Process(int(number)), signals
        _answer()
    return watched


def _answer() -> None:
    with suppress(OSError):  # the owner may be dead already; the end of the input tells
        sys.stdout.buffer.write(ANSWER)
        sys.stdout.buffer.flush()


def _stop(process: psutil.Process, signals: list[str]) -> None:
    for name in signals:
        send_signal(process, name)
        if ends_within(process, SIGNAL_SECONDS):
            return
    kill(process)
