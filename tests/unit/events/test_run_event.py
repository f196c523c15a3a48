"""The events of a run follow the specification."""

import pytest
from pydantic import ValidationError

from marketer_desktop.events.run_event import PROGRESS, STEPS, RunEvent


def test_progress_goes_up_through_the_steps_to_the_end() -> None:
    assert [PROGRESS[step] for step in (*STEPS, "complete")] == [20, 40, 60, 80, 95, 100]


def test_an_event_survives_json_and_knows_its_time_zone() -> None:
    event = RunEvent(activity_id=1, kind="draft", step="writing", progress=50, data={"a": ["ü"]})
    again = RunEvent.model_validate_json(event.model_dump_json())
    assert again == event
    assert again.at.utcoffset() is not None


@pytest.mark.parametrize("progress", [-1, 101])
def test_progress_is_in_percent(progress: int) -> None:
    with pytest.raises(ValidationError, match="progress"):
        RunEvent(activity_id=1, kind="draft", step="writing", progress=progress)
