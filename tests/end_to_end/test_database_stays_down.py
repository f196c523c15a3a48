"""A database that cannot be started again is said at once, with its reason, until it is back."""

import asyncio
import os
import signal
import time
from pathlib import Path

import pytest

from marketer_desktop.bootstrap.engine import start_engine
from marketer_desktop.bootstrap.handle import LocalHandle
from marketer_desktop.services.activities import ListActivities
from marketer_desktop.services.database_trouble import DatabaseDown
from marketer_desktop.services.diagnose import Diagnose, Diagnosis
from marketer_desktop.settings.settings import load_settings
from marketer_desktop.storage.outage import DatabaseOutage
from tests.factories.engines import Ear
from tests.guards import Problems
from tests.patience import becomes_true

SECONDS = 12  # on a busy machine; a pool of its own accord would wait for thirty


async def test_a_database_that_stays_down_is_said_with_its_reason(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, log_problems: Problems
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "127.0.0.1:9")
    engine = await start_engine(load_settings(data_dir), lambda text: None)
    try:
        handle, postgres = LocalHandle(engine), engine.parts.postgres
        assert postgres is not None
        vital = data_dir / "postgres" / "global" / "pg_control"
        vital.rename(vital.with_name("aside"))
        pid = postgres.state().pid
        assert pid
        os.kill(pid, signal.SIGKILL)

        async def noticed() -> bool:
            return postgres.problem is not None

        await becomes_true(noticed)
        began = time.monotonic()
        refused, found = await asyncio.gather(
            handle.call(ListActivities(), Ear()),
            handle.call(Diagnose(), Ear()),
            return_exceptions=True,
        )
        assert time.monotonic() - began < SECONDS
        assert isinstance(refused, DatabaseDown)
        assert "is not a whole database" in str(refused)
        assert "What was saved is safe" in str(refused)
        assert isinstance(found, Diagnosis)
        parts = {part.name: part for part in found.parts}
        assert "is not a whole database" in parts["database"].advice
        assert "is not a whole database" in parts["queue"].advice
        assert parts["embeddings"].state == "ok"

        vital.with_name("aside").rename(vital)

        async def back() -> bool:
            try:
                await handle.call(ListActivities(), Ear())
            except DatabaseOutage:
                return False
            return True

        await becomes_true(back)
        assert postgres.problem is None
    finally:
        await engine.stop()
    log_problems.records.clear()
