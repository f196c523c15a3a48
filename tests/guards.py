"""What no test may do or leave behind; `tests/conftest.py` puts these around each test."""

import asyncio
import ipaddress
import logging
import sys
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

PATIENCE = 30.0  # seconds that what is ending may take on a busy machine
HOST_PLACE = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1}
NAME_PLACE = {"socket.getaddrinfo": 0, "socket.gethostbyname": 0}

refused: list[str] = []


def refuse_network() -> None:
    """From now on fail whatever this process would send off the machine, and note it.

    Native libraries with sockets of their own are not seen: `tests/fakes/sealed_namespace.py`
    is for those.
    """
    sys.addaudithook(_refuse)


def _refuse(event: str, words: tuple[Any, ...]) -> None:
    if event in HOST_PLACE:
        address = words[HOST_PLACE[event]]
        host = address[0] if isinstance(address, tuple) else None  # else a Unix socket
    elif event in NAME_PLACE:
        host = words[NAME_PLACE[event]]
        if _number(host):
            return  # nobody is asked what a number means
    else:
        return
    if not _is_here(host):
        refused.append(f"{event} {host}")
        raise OSError(f"Tests do not leave this machine: {refused[-1]}")


def _is_here(host: str | bytes | None) -> bool:
    number = _number(host)
    return number.is_loopback if number else _text(host) in ("", "localhost")


def _number(host: str | bytes | None) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(_text(host))
    except ValueError:
        return None


def _text(host: str | bytes | None) -> str:
    return host.decode() if isinstance(host, bytes) else host or ""


@contextmanager
def no_new_threads() -> Iterator[None]:
    """Fail if a thread that was started inside goes on."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + PATIENCE
    while left := set(threading.enumerate()) - before:
        assert time.monotonic() < deadline, f"Threads go on after the test: {left}"
        time.sleep(0.01)


async def no_tasks_left() -> None:
    """Fail if the running loop has tasks other than the current one that do not end."""
    left = asyncio.all_tasks() - {asyncio.current_task()}
    if left:
        _, left = await asyncio.wait(left, timeout=PATIENCE)
    assert not left, f"Tasks go on after the test: {left}"


class Problems(logging.Handler):
    """Keeps the warnings and errors of a logger."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def noted_problems(logger: logging.Logger) -> Iterator[Problems]:
    """Note what `logger` and those below it warn of."""
    problems = Problems()
    logger.addHandler(problems)
    try:
        yield problems
    finally:
        logger.removeHandler(problems)


def told(records: Collection[logging.LogRecord]) -> list[str]:
    """Log records as people read them."""
    return [f"{record.levelname} {record.name}: {record.getMessage()}" for record in records]
