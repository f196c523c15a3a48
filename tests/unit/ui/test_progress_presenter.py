"""The progress page's knowledge: from the store, from the events, and both at once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from marketer_desktop.domain.checks.check import Check
from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.services.activities import ActivityDetails
from marketer_desktop.services.activity_report import EventReport
from marketer_desktop.services.live_runs import LiveRun
from marketer_desktop.services.planned_outline import OUTLINE_REVIEW
from marketer_desktop.services.show_draft import Draft
from marketer_desktop.ui.pages.progress.presenter import ProgressPresenter, RunView, rounded_eta

BEGAN = datetime(2026, 3, 1, 12, tzinfo=UTC)


def event(kind: Any, step: str, progress: int = 0, seq: int | None = None, **data: Any) -> RunEvent:
    return RunEvent(
        activity_id=7, seq=seq, kind=kind, step=step, progress=progress, data=data, at=BEGAN
    )


STORY = [
    event("started", "seo_research", 0, 1),
    event("finished", "seo_research", 20, 2, duration_ms=15_200),
    event("started", "research", 20, 3),
    event("finished", "research", 40, 4, duration_ms=22_000),
    event("started", "writing", 40, 5),
]


def details(events: list[RunEvent], status: str = "generating", **more: Any) -> ActivityDetails:
    told = [EventReport.model_validate(e, from_attributes=True) for e in events]
    return ActivityDetails.model_validate(
        {
            "activity_id": 7,
            "status": status,
            "brief": {"topic": "fresh coffee"},
            "executions": [],
            "events": [each.model_dump() for each in told],
        }
        | more
    )


def listed(number: int, status: str = "generating", **more: Any) -> LiveRun:
    return LiveRun.model_validate(
        {
            "activity_id": number,
            "title": f"Run {number}",
            "type": "blog",
            "status": status,
            "step": None,
            "progress": 0,
            "eta_seconds": None,
            "position": 0,
        }
        | more
    )


def picture(run: RunView) -> list[tuple[str, str, int | None]]:
    now = BEGAN + timedelta(seconds=9)
    return [(step.name, step.status, run.elapsed(step, now)) for step in run.steps]


def test_stored_and_live_events_give_the_same_picture() -> None:
    live, stored = RunView(7), RunView(7)
    for each in STORY:
        live.apply(each)
    stored.load(details(STORY), Draft())
    assert (
        picture(live)
        == picture(stored)
        == [
            ("seo_research", "completed", 15),
            ("research", "completed", 22),
            ("writing", "in_progress", 9),
            ("editing", "pending", None),
            ("social_media", "pending", None),
        ]
    )
    assert (live.progress, stored.progress, stored.title) == (40, 40, "fresh coffee")


def test_what_was_heard_while_reading_is_not_lost() -> None:
    run = RunView(7)
    run.apply(event("ended", "complete", 100, 9, status="completed"))  # of the run before
    run.loading()
    for each in STORY:
        run.apply(each)
    run.load(details(STORY[:3]), Draft())
    assert run.step is not None and run.step.name == "writing"
    run.apply(event("progress", "writing", 48, eta_seconds=43, tokens_per_second=12.5))
    assert (run.progress, run.eta_seconds, run.tokens_per_second) == (48, 43, 12.5)


@pytest.mark.parametrize(
    ("end", "status", "step"),
    [
        (event("ended", "complete", 100, 6, status="completed"), "completed", "in_progress"),
        (event("ended", "complete", 100, 6, status="needs_attention"), "needs_attention", None),
        (event("ended", "failed", 100, 6, message="The model server died."), "failed", "error"),
        (event("ended", "cancelled", 100, 6), "cancelled", "stopped"),
    ],
)
def test_each_end_is_told_apart(end: RunEvent, status: str, step: str | None) -> None:
    run = RunView(7)
    for each in [*STORY, event("progress", "writing", 48, eta_seconds=43), end]:
        run.apply(each)
    assert (run.status, run.is_over, run.eta_seconds) == (status, True, None)
    if step in ("error", "stopped"):
        assert run.steps[2].status == step and run.progress == 48
    if status == "failed":
        assert run.error == "The model server died."


def test_a_resumed_run_waits_and_then_goes_on() -> None:
    run = RunView(7)
    story = [*STORY, event("ended", "failed", 100, 6, message="Gone.")]
    for each in story:
        run.apply(each)
    run.resumed()
    assert (run.status, run.error, run.is_over) == ("waiting", "", False)
    run.load(details(story), Draft())
    assert run.status == "waiting" and run.steps[2].status == "stopped"
    run.take_listed(listed(7, "generating"))  # the time since it was cut off is no work
    assert run.steps[2].status == "in_progress" and run.elapsed(run.steps[2]) is None
    run.apply(event("started", "writing", 40, 7))
    assert run.status == "generating" and run.steps[2].status == "in_progress"


def test_a_text_that_is_written_anew_begins_from_nothing() -> None:
    run = RunView(7)
    end = event("ended", "complete", 100, 6, status="completed")
    run.load(details([*STORY, end], "completed"), Draft(markdown="# Old\n\nText.\n"))
    assert [block.text for block in run.draft.shown()] == ["Old", "Text."]
    run.take_listed(listed(7, "waiting"))
    assert run.progress == 0
    run.apply(event("started", "seo_research", 0, 7))
    assert run.draft.shown() == []
    assert [step.status for step in run.steps] == ["in_progress", *["pending"] * 4]


def test_an_interrupted_run_stands_still() -> None:
    run = RunView(7)
    run.load(details(STORY, "interrupted"), Draft())
    assert (run.status, run.steps[2].status, run.elapsed(run.steps[2])) == (
        "interrupted",
        "stopped",
        None,
    )


def test_checks_that_failed_are_named() -> None:
    checks = [
        Check(id="word_count", hard=True, passed=False, message="480 words for 600 asked."),
        Check(id="keywords", hard=True, passed=True, message="Every keyword occurs."),
    ]
    run = RunView(7)
    told = details(STORY, "needs_attention", word_count=480)
    run.load(told.model_copy(update={"checks": checks}), Draft())
    assert run.failed_checks == ["480 words for 600 asked."] and run.word_count == 480


def test_the_run_to_show_is_chosen() -> None:
    assert ProgressPresenter().choose(None) is None
    presenter = ProgressPresenter()
    presenter.take_list(
        [listed(1, "completed"), listed(2, "waiting", position=1), listed(3, "failed")]
    )
    assert presenter.choose(None) == 2
    assert presenter.run is not None
    assert (presenter.run.status, presenter.run.position) == ("waiting", 1)
    assert presenter.choose(9) == 9
    presenter.take_list([listed(1, "completed"), listed(3, "failed")])
    assert presenter.choose(None) == 3


def test_only_runs_in_the_list_and_the_shown_one_are_kept() -> None:
    presenter = ProgressPresenter()
    presenter.choose(7)
    presenter.apply([e.model_copy(update={"activity_id": 8}) for e in STORY])
    presenter.take_list([])
    assert set(presenter.runs) == {7}


def test_an_answer_that_is_asked_for_anew_leaves_nothing_of_the_broken_one() -> None:
    run = RunView(7)
    run.load(details(STORY), Draft())
    node, why = "editing/length", "The model's answer broke off; trying again in 4 s."
    run.apply(event("draft", "writing", 45, node=node, delta="It wak"))
    run.apply(event("draft", "writing", 45, node=node, delta="", restart=why, vain="It wak"))
    assert [block.text for block in run.draft.shown()] == [why]
    run.apply(event("draft", "writing", 45, node=node, delta="It wakes."))
    assert [block.text for block in run.draft.shown()] == ["It wakes."]


def test_the_draft_is_read_again_when_there_is_more_of_it() -> None:
    presenter = ProgressPresenter()
    presenter.choose(7)
    assert presenter.apply(STORY[:3]) == set()
    assert presenter.apply(STORY[3:]) == {7}
    assert presenter.apply([event("ended", "cancelled", 100, 6)]) == {7}
    assert presenter.is_shown([STORY[0]])
    assert not presenter.is_shown([STORY[0].model_copy(update={"activity_id": 8})])


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, ("seconds", 5)), (3, ("seconds", 5)), (42, ("seconds", 40)), (43, ("seconds", 45)),
     (89, ("seconds", 90)), (90, ("minutes", 2)), (400, ("minutes", 7))],
)  # fmt: skip
def test_the_time_left_is_no_more_precise_than_it_can_be(
    seconds: int, said: tuple[str, int]
) -> None:
    assert rounded_eta(seconds) == said


WAITS = event("waiting", "writing", 40, 6, **{"for": "outline"})


def test_a_run_waits_for_its_outline_and_goes_on_once_it_was_approved() -> None:
    presenter = ProgressPresenter()
    presenter.take_list([listed(7)])
    presenter.choose(7)
    assert presenter.apply([*STORY, WAITS]) == {7}
    run = presenter.run
    assert run is not None
    assert (run.status, run.steps[2].status, run.is_over) == (OUTLINE_REVIEW, "stopped", False)
    presenter.approved(7)
    assert run.status == "waiting"
    presenter.apply([event("started", "writing", 40, 7)])
    assert (run.status, run.steps[2].status) == ("generating", "in_progress")


def test_a_run_that_waits_for_its_outline_is_read_as_such_from_the_store() -> None:
    run = RunView(7)
    run.load(details([*STORY, WAITS], OUTLINE_REVIEW), Draft())
    assert (run.status, run.steps[2].status) == (OUTLINE_REVIEW, "stopped")
    presenter = ProgressPresenter()
    presenter.take_list([listed(8, "completed"), listed(7, OUTLINE_REVIEW)])
    assert presenter.choose(None) == 7
    presenter.approved(8)
