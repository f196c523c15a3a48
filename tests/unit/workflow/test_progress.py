"""What a run tells while it works."""

from typing import Any

import pytest

from marketer_desktop.workflow.progress import RunProgress

Told = list[tuple[str, str, int, dict[str, Any]]]


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
    return RunProgress(lambda kind, step, percent, data: told.append((kind, step, percent, data)))


def test_the_percentage_moves_between_the_figures_of_the_steps(progress: RunProgress) -> None:
    progress.enter("writing")
    progress.expect(4)
    seen = [progress.percent]
    for _ in range(6):
        progress.call_finished()
        seen.append(progress.percent)
    assert seen == [40, 45, 50, 55, 59, 59, 59]
    progress.enter("editing")
    assert progress.percent == 60


def test_every_piece_of_the_draft_is_told_at_once(progress: RunProgress, told: Told) -> None:
    progress.enter("writing")
    progress.token("Fresh ", "writing/section:1")
    assert told == [("draft", "writing", 40, {"node": "writing/section:1", "delta": "Fresh "})]


def test_rate_and_time_left_are_told_twice_a_second(
    progress: RunProgress, told: Told, clock: list[float]
) -> None:
    progress.enter("writing")
    progress.expect(2)
    progress.call_finished()
    for _ in range(16):
        clock[0] += 0.125
        progress.token("word ", "writing/section:0")
    reports = [data for kind, _, _, data in told if kind == "progress"]
    assert len(reports) == 4
    assert reports[-1] == {"tokens": 16, "tokens_per_second": 8.0, "eta_seconds": 2}


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
