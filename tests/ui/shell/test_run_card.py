"""The card of what is under way: one run in words, several in numbers, one that waits for you."""

from typing import Any

from pytestqt.qtbot import QtBot

from marketer_desktop.services.live_runs import LiveRun
from marketer_desktop.services.planned_outline import OUTLINE_REVIEW
from marketer_desktop.ui.shell.run_card import RunCard


def run(number: int, status: str, **values: Any) -> LiveRun:
    about = {"title": f"Run {number}", "type": "blog", "step": "writing", "progress": 40}
    rest = {"eta_seconds": None, "position": 0, "status": status}
    return LiveRun.model_validate({**about, **rest, **values, "activity_id": number})


def test_a_run_that_waits_for_its_outline_stays_in_sight(qtbot: QtBot) -> None:
    card = RunCard()
    qtbot.addWidget(card)
    card.set_runs([run(1, OUTLINE_REVIEW)])
    assert not card.isHidden()
    assert card.caption == "Waits for your outline"
    asked: list[int] = []
    card.run_asked.connect(asked.append)
    card.click()
    assert asked == [1]


def test_several_runs_are_counted_by_what_they_wait_for(qtbot: QtBot) -> None:
    card = RunCard()
    qtbot.addWidget(card)
    card.set_runs(
        [run(1, OUTLINE_REVIEW), run(2, "waiting"), run(3, "generating"), run(4, "completed")]
    )
    assert card.title == "3 runs"
    assert card.caption == "1 running · 1 waiting · 1 for you"
