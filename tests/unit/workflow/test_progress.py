"""What a run tells while it works."""

from typing import Any

import pytest

from marketer_desktop.domain.eta import PROMPT_WEIGHT, Forecast
from marketer_desktop.domain.rest import Rest
from marketer_desktop.workflow.progress import FINISHING, RunProgress

Told = list[tuple[str, str, int, dict[str, Any]]]
WORK = {"seo_research": 0.0, "research": 0.0, "writing": 40.0, "editing": 0.0, "social_media": 0.0}


@pytest.fixture
def told() -> Told:
    return []


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which stands still until a test moves it."""
    now = [100.0]
    monkeypatch.setattr("marketer_desktop.workflow.progress.time.monotonic", lambda: now[0])
    return now


@pytest.fixture
def progress(told: Told, clock: list[float]) -> RunProgress:
    return RunProgress(
        lambda kind, step, percent, data: told.append((kind, step, percent, data)), Forecast(WORK)
    )


def test_the_percentage_moves_between_the_figures_of_the_steps(progress: RunProgress) -> None:
    progress.enter("writing")
    progress.expect(4)
    seen = [progress.percent]
    for number in range(6):
        progress.call_finished(f"writing/section:{number}", 0, 10)
        seen.append(progress.percent)
    assert seen[:4] == [40, 45, 50, 55]
    assert seen == sorted(seen)
    assert 55 < seen[-1] < 60
    progress.enter("editing")
    assert progress.percent == 60


def test_the_percentage_never_goes_back(progress: RunProgress) -> None:
    progress.enter("writing")
    progress.expect(8)
    for _ in range(30):
        progress.token("word ", "writing/section:0")
    reached = progress.percent
    progress.call_finished("writing/section:0", 0, 30)  # seven more like this are expected now
    assert progress.percent >= reached > 50


def test_every_piece_of_the_draft_is_told_at_once(progress: RunProgress, told: Told) -> None:
    progress.enter("writing")
    progress.token("Fresh ", "writing/section:1")
    ((kind, step, _, data),) = told
    assert (kind, step) == ("draft", "writing")
    assert data == {"node": "writing/section:1", "delta": "Fresh "}


def test_rate_and_time_left_are_told_twice_a_second(
    progress: RunProgress, told: Told, clock: list[float]
) -> None:
    progress.enter("writing")
    for _ in range(16):
        clock[0] += 0.125
        progress.token("word ", "writing/section:0")
    reports = [data for kind, _, _, data in told if kind == "progress"]
    assert len(reports) == 4
    assert reports[-1] == {"tokens": 16, "tokens_per_second": 8.0, "eta_seconds": 3 + FINISHING}


def test_the_time_left_is_kept_in_tenths_and_follows_what_a_part_still_takes(
    progress: RunProgress, told: Told, clock: list[float]
) -> None:
    progress.enter("writing")
    progress.rest("writing/section:0", Rest(1, 40))
    clock[0] += 0.75
    for _ in range(3):
        progress.token("word ", "writing/section:0/answer")
    progress.tell()
    assert told[-1][3]["eta_seconds"] == round(9.25 + FINISHING, 1)  # 37 to come, at 4 a second
    progress.rest("writing/section:0", Rest())
    progress.tell()
    assert told[-1][3]["eta_seconds"] == FINISHING


def test_answers_known_from_before_are_work_done_but_no_pace(
    progress: RunProgress, told: Told, clock: list[float]
) -> None:
    progress.enter("writing")
    clock[0] += 0.5
    progress.call_finished("writing/section:0", 0, 20)
    progress.tell()
    assert told[-1][3]["eta_seconds"] is None
    clock[0] += 0.5
    for _ in range(4):
        progress.token("word ", "writing/section:1")
    progress.tell()
    assert told[-1][3]["eta_seconds"] == 4 + FINISHING  # 16 of 40 to come, at 4 a second


def test_too_early_there_is_no_estimate(progress: RunProgress, told: Told) -> None:
    progress.tell()
    assert told == [
        (
            "progress",
            "seo_research",
            0,
            {"tokens": 0, "tokens_per_second": 0.0, "eta_seconds": None},
        )
    ]


def test_what_came_in_vain_is_told_and_does_not_count(progress: RunProgress, told: Told) -> None:
    progress.enter("writing")
    progress.expect(1)
    for piece in ("It ", "wak"):
        progress.token(piece, "writing/introduction")
    progress.restart("writing/introduction", "The answer broke off.", "It wak")
    assert told[-1][3] == {
        "node": "writing/introduction",
        "delta": "",
        "restart": "The answer broke off.",
        "vain": "It wak",
    }


def test_what_is_left_is_told_when_the_outline_is_known_and_not_just_before(
    progress: RunProgress, told: Told, clock: list[float]
) -> None:
    progress.enter("seo_research")
    clock[0] += 0.25
    progress.token("word ", "seo_research/questions")
    before = len(told)
    progress.enter("research")
    progress.enter("writing")
    assert len(told) == before
    progress.rest("writing/section:0", Rest(2, 20))
    progress.renew()
    assert told[-1][3]["eta_seconds"] == 10 + FINISHING
    progress.enter("editing")
    assert told[-1][1] == "editing"


def test_a_prompt_that_is_read_counts_for_the_pace(
    progress: RunProgress, told: Told, clock: list[float]
) -> None:
    progress.enter("writing")
    progress.rest("writing/introduction", Rest(1, 11 + 11_000 * PROMPT_WEIGHT))
    progress.call_begins("writing/introduction", 1000)
    clock[0] += 1
    progress.token("word ", "writing/introduction")
    assert told[-1][3]["eta_seconds"] == 10 + FINISHING


def test_what_of_a_call_was_not_heard_counts_for_the_pace_once_it_has_ended(
    progress: RunProgress, told: Told, clock: list[float]
) -> None:
    progress.enter("writing")
    progress.rest("writing/introduction", Rest(2, 40))
    clock[0] += 0.25
    progress.token("word ", "writing/introduction")
    clock[0] += 0.75
    progress.call_finished("writing/introduction", 0, 40)
    progress.tell()
    assert told[-1][3]["eta_seconds"] == 1 + FINISHING
