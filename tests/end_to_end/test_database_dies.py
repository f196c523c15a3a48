"""A database that is killed under the engine comes back, and the run goes on to its end."""

import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from procrastinate.exceptions import ConnectorException

from marketer_desktop.bootstrap.engine import Engine, start_engine
from marketer_desktop.bootstrap.handle import LocalHandle
from marketer_desktop.domain.brief import ContentType
from marketer_desktop.services.activities import ShowActivity
from marketer_desktop.services.start_activity import StartActivity
from marketer_desktop.settings.settings import load_settings
from marketer_desktop.storage.outage import DatabaseOutage
from tests.end_to_end.conftest import Gate
from tests.fakes.ollama_server import OllamaServer
from tests.guards import Problems
from tests.patience import becomes_true


@pytest.fixture
async def engine(
    data_dir: Path, ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Engine]:
    monkeypatch.setenv("OLLAMA_HOST", ollama.address)
    engine = await start_engine(load_settings(data_dir), lambda text: None)
    yield engine
    await engine.stop()


async def test_a_killed_database_comes_back_and_the_run_goes_on(
    engine: Engine, ollama: OllamaServer, gate: Gate, log_problems: Problems
) -> None:
    handle = LocalHandle(engine)
    gate.close()
    brief = StartActivity(
        type=ContentType.EMAIL, topic="fresh coffee", keywords=["coffee"], words=60
    )
    started = await handle.call(brief, lambda event: None)

    async def asked() -> bool:
        return ollama.started.total() > 0

    await becomes_true(asked)
    postgres = engine.parts.postgres
    assert postgres is not None
    first = postgres.state().pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    gate.open()

    async def ended() -> bool:
        try:
            told = await handle.call(ShowActivity(activity_id=started.activity_id), print)
        except (DatabaseOutage, ConnectorException):
            return False  # it has not come back yet
        return told.status in {"completed", "needs_attention"}

    await becomes_true(ended, 60)
    assert postgres.state().pid not in {None, first}
    assert "the database had ended and is started again" in [
        record.getMessage() for record in log_problems.records
    ]
    log_problems.records.clear()
