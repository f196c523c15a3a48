"""Each guard around the tests can fail."""

import asyncio
import logging
import socket
import threading
from collections.abc import Callable

import pytest

from tests import guards

OUTSIDE = ("203.0.113.5", 80)


def connect() -> None:
    socket.create_connection(OUTSIDE, timeout=0.1)


def connect_by_name() -> None:
    socket.create_connection(("example.org", 80), timeout=0.1)


def connect_with_status() -> None:
    with socket.socket(socket.AF_INET6) as opened:
        opened.connect_ex(("2001:db8::5", 80))


def send() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as opened:
        opened.sendto(b"x", OUTSIDE)


def look_up() -> None:
    socket.gethostbyname("example.org")


@pytest.mark.parametrize("attempt", [connect, connect_by_name, connect_with_status, send, look_up])
def test_the_network_is_refused_and_noted(attempt: Callable[[], None]) -> None:
    with pytest.raises(OSError, match="Tests do not leave this machine"):
        attempt()
    assert guards.refused
    guards.refused.clear()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_loopback_is_allowed(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection((host, server.getsockname()[1]), timeout=5).close()


async def test_loopback_is_allowed_in_a_loop() -> None:
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        assert await reader.read() == b""
        writer.close()
        await writer.wait_closed()


def test_a_thread_that_goes_on_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "PATIENCE", 0.02)
    ends = threading.Event()
    thread = threading.Thread(target=ends.wait, name="straggler")
    with pytest.raises(AssertionError, match="straggler"), guards.no_new_threads():
        thread.start()
    ends.set()
    thread.join()


def test_a_thread_that_is_ending_is_waited_for() -> None:
    with guards.no_new_threads():
        threading.Timer(0.05, lambda: None).start()


async def test_a_task_that_goes_on_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "PATIENCE", 0.02)
    task = asyncio.create_task(asyncio.sleep(60), name="straggler")
    with pytest.raises(AssertionError, match="straggler"):
        await guards.no_tasks_left()
    task.cancel()


async def test_a_task_that_is_ending_is_waited_for() -> None:
    task = asyncio.create_task(asyncio.sleep(0.01))
    await guards.no_tasks_left()
    assert task.done()


def test_a_warning_in_the_log_is_noted() -> None:
    log = logging.getLogger("guarded.part")
    with guards.noted_problems(logging.getLogger("guarded")) as problems:
        log.info("fine")
        log.warning("not %s", "fine")
    assert guards.told(problems.records) == ["WARNING guarded.part: not fine"]
