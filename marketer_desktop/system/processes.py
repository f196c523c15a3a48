"""The life of any process on this machine, whoever started it: does it run, end it."""

import signal
import time
from contextlib import suppress

import psutil

POLL_SECONDS = 0.02
KILL_SECONDS = 10.0


def is_alive(process: psutil.Process) -> bool:
    """Whether this very `process` still runs: not a zombie, nor another with its number."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def ends_within(process: psutil.Process, seconds: float) -> bool:
    """Wait up to `seconds` for `process` to end."""
    deadline = time.monotonic() + seconds
    while is_alive(process):
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


def kill(process: psutil.Process) -> None:
    """End `process` at once, and wait until it is gone."""
    with suppress(psutil.NoSuchProcess):
        process.kill()
    ends_within(process, KILL_SECONDS)


def send_signal(process: psutil.Process, name: str) -> None:
    """Send the signal `name`, as in `SIGINT`; Windows knows only the end of a process."""
    with suppress(psutil.NoSuchProcess):
        process.send_signal(getattr(signal, name, signal.SIGTERM))
