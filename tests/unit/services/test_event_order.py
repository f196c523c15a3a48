"""Live events are told only as far as they follow on what was told; the rest is looked up."""

import pytest

from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.services.follow_activity import _in_order

LOST = None  # what the bus says when events may have been missed


def event(seq: int | None) -> RunEvent:
    return RunEvent(activity_id=1, seq=seq, kind="finished", step="writing", progress=60)


@pytest.mark.parametrize(
    ("heard", "told", "missed"),
    [
        ([event(4), event(None), event(5)], [4, None, 5], False),
        ([event(3), event(2), event(4)], [4], False),
        ([event(5)], [], True),
        ([event(4), event(6), event(None)], [4, None], True),
        ([LOST], [], True),
        ([], [], False),
    ],
)
def test_a_gap_is_noticed(
    heard: list[RunEvent | None], told: list[int | None], missed: bool
) -> None:
    kept, found = _in_order(heard, after=3)
    assert ([each.seq for each in kept], found) == (told, missed)
