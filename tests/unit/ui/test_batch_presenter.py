"""A table of briefs: rows by their state, progress, the end, stopping and going on."""

from pathlib import Path

import pytest

from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.ui.pages.batch.presenter import BatchPresenter
from tests.factories.batches import make_check, make_event, make_result, make_row


@pytest.fixture
def batch() -> BatchPresenter:
    made = BatchPresenter()
    made.choose(Path("briefs.csv"))
    made.take(make_check())
    return made


def statuses(batch: BatchPresenter) -> list[str]:
    return [row.status for row in batch.rows]


def at_work(batch: BatchPresenter, activity_id: int, progress: int) -> bool:
    event = RunEvent(activity_id=activity_id, kind="progress", step="writing", progress=progress)
    return batch.apply([event])


def test_rows_with_problems_are_left_out(batch: BatchPresenter) -> None:
    assert [BatchPresenter().state, batch.state] == ["empty", "filled"]
    assert statuses(batch) == ["ready", "invalid", "ready"]
    assert (batch.open_count, batch.invalid_count, batch.written_count) == (2, 1, 0)
    batch.choose(Path("other.csv"))
    assert [batch.state, batch.rows] == ["unread", []]


def test_a_batch_is_followed_to_its_end(batch: BatchPresenter) -> None:
    batch.begin()
    assert statuses(batch) == ["queued", "invalid", "queued"]
    batch.hear({"kind": "document", "file": "facts.md"})
    assert batch.reading == "facts.md"
    for row in (2, 4):
        batch.hear(make_event(row, "started"))
    assert batch.reading == ""
    batch.hear(make_event(2, "running", eta_seconds=90))
    assert at_work(batch, 20, 45)
    assert not at_work(batch, 99, 45)
    assert (statuses(batch), batch.percent) == (["running", "invalid", "queued"], 22.5)
    batch.hear(make_event(2, "completed", done=1))
    assert (batch.done, batch.count, batch.written_count, batch.percent) == (1, 2, 1, 50)
    assert not at_work(batch, 20, 99)
    batch.end(make_result(row_2="completed", row_3="invalid", row_4="needs_attention"))
    assert statuses(batch) == ["completed", "invalid", "needs_attention"]
    assert (batch.running, batch.open_count) == (False, 0)


def test_what_was_under_way_is_open_again_after_a_stop(batch: BatchPresenter) -> None:
    batch.begin()
    batch.hear(make_event(2, "running"))
    batch.stop()
    assert statuses(batch) == ["cancelled", "invalid", "ready"]
    assert (batch.running, batch.open_count) == (False, 2)


def test_rows_of_an_earlier_call_are_known(batch: BatchPresenter) -> None:
    batch.take(
        make_check(
            make_row(2, activity_id=20, status="approved"),
            make_row(3, activity_id=30, status="failed"),
            make_row(4),
        )
    )
    assert (batch.written_count, batch.open_count) == (1, 2)
    batch.begin()
    assert statuses(batch) == ["approved", "queued", "queued"]


def test_a_check_does_not_disturb_a_batch_that_runs(batch: BatchPresenter) -> None:
    batch.begin()
    batch.take(make_check(make_row(2)))
    assert len(batch.rows) == 3
