"""The built-in model's machine is measured again where the first time was cut off."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from unittest.mock import Mock

import httpx
import pytest

from marketer_desktop.llm.starter import StarterServer
from tests.guards import Problems

ALIVE = Mock(**{"poll.return_value": None})


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StarterServer:
    server = StarterServer(tmp_path)
    monkeypatch.setattr(server, "_launch", lambda *_: setattr(server, "_process", ALIVE))
    return server


def rates(failures: list[BaseException]) -> Callable[[int], Awaitable[float]]:
    async def rate(parallel: int) -> float:
        while failures:
            raise failures.pop()
        return 10.0

    return rate


async def test_what_was_not_measured_to_the_end_is_measured_again(
    server: StarterServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "_rate", rates([asyncio.CancelledError()]))
    with pytest.raises(asyncio.CancelledError):
        await server.start()
    assert server.running
    await server.start()
    assert server.layout is not None and server.layout.tokens_per_second == 10.0


async def test_a_machine_too_busy_to_be_measured_writes_slowly_and_is_measured_another_time(
    server: StarterServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    log_problems: Problems,
) -> None:
    monkeypatch.setattr(server, "_rate", rates([httpx.ReadTimeout("a busy machine")]))
    await server.start()
    assert server.running
    assert server.layout is not None and server.layout.slots == 1
    assert StarterServer(tmp_path).layout is None
    (told,) = log_problems.records
    assert "too busy to be measured" in told.getMessage()
    log_problems.records.clear()
