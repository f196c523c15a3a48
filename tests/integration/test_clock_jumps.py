"""A clock that is set forward or back by days confuses neither runs nor texts."""

from datetime import UTC, datetime, timedelta

import pytest

from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.services import live_runs
from marketer_desktop.services.activities import INTERRUPTED, status_of
from marketer_desktop.services.activity_text import SITTING
from marketer_desktop.services.live_runs import time_left
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.tables import ActivityRevisionRow, ActivityRow

DAYS = [timedelta(days=-3), timedelta(0), timedelta(days=3)]


@pytest.mark.parametrize("jump", DAYS)
def test_the_time_left_is_never_negative_and_never_more_than_was_said(
    jump: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = RunEvent(
        activity_id=1, kind="progress", step="writing", progress=50, data={"eta_seconds": 90}
    )

    class Clock:
        @staticmethod
        def now(zone: object) -> datetime:
            return told.at + jump

    monkeypatch.setattr(live_runs, "datetime", Clock)
    assert time_left(told) == (0 if jump > timedelta(0) else 90)


@pytest.mark.parametrize("jump", DAYS)
def test_a_run_whose_process_died_before_it_began_is_found(jump: timedelta) -> None:
    row = ActivityRow(
        id=1,
        status="generating",
        workflow_state={"job": 7},
        updated_at=datetime.now(UTC) + jump,
    )
    assert status_of(row, set()) == ("generating" if jump == timedelta(0) else INTERRUPTED)


@pytest.mark.parametrize("jump", DAYS)
async def test_edits_of_another_day_do_not_run_into_one_revision(
    database: Database, jump: timedelta
) -> None:
    revision = ActivityRevisionRow(created_at=datetime.now(UTC) + jump)
    async with database.unit_of_work() as work:
        assert await work.revisions.is_recent(revision, SITTING) is (jump == timedelta(0))
