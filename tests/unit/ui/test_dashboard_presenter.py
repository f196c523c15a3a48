"""The dashboard's figures and rows, and how events of runs change them."""

import pytest

from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.ui.pages.dashboard.presenter import (
    DashboardPresenter,
    credits_text,
    published_share,
    size_text,
)
from tests.factories.project_views import make_line, make_overview, make_summary


def presenter(*statuses: str) -> DashboardPresenter:
    made = DashboardPresenter()
    made.take(make_overview(*(make_line(n, status) for n, status in enumerate(statuses, 1))))
    return made


def event(activity_id: int, kind: str, progress: int = 50, step: str = "writing") -> RunEvent:
    return RunEvent.model_validate(
        {"activity_id": activity_id, "kind": kind, "step": step, "progress": progress}
    )


def test_a_page_is_loading_then_empty_or_filled() -> None:
    assert DashboardPresenter().state == "loading"
    assert presenter().state == "empty"
    assert presenter("draft").state == "filled"


def test_a_tall_page_shows_more_rows_and_an_expanded_one_all() -> None:
    made = presenter(*["draft"] * 8)
    assert (len(made.rows(800)), len(made.rows(1080)), made.asked) == (5, 8, 8)
    assert made.can_expand(800)
    made.expanded = True
    assert (len(made.rows(800)), made.asked) == (8, 50)


def test_few_rows_are_all_there_is() -> None:
    assert not presenter("draft", "draft").can_expand(800)


def test_progress_changes_the_row_of_its_run_alone() -> None:
    made = presenter("generating", "generating", "completed")
    assert made.apply([event(2, "draft", 61), event(2, "progress", 62)]) == (True, False)
    assert [line.progress for line in made.rows(800)] == [None, 62, None]
    assert made.apply([event(2, "progress", 62)]) == (False, False)


@pytest.mark.parametrize(
    ("activity_id", "kind", "stale"),
    [
        (1, "ended", True),
        (1, "waiting", True),
        (2, "started", True),
        (9, "started", True),
        (9, "draft", False),
    ],
)
def test_beginnings_and_endings_are_read_anew(activity_id: int, kind: str, stale: bool) -> None:
    assert presenter("generating", "interrupted").apply([event(activity_id, kind)]) == (
        False,
        stale,
    )


def test_nothing_changes_before_something_was_read() -> None:
    assert DashboardPresenter().apply([event(1, "ended")]) == (False, False)


def test_figures_and_bars_say_the_same() -> None:
    made = presenter()
    assert made.figures() == ("1,450", "2,300", "2.3 GB")
    values, labels = made.bars()
    assert (sum(values), labels[0], labels[-1]) == (1450, "1", "31")


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 B"), (999, "999 B"), (1_500, "2 kB"), (999_600, "1.0 MB"), (123_400_000, "123 MB")],
)
def test_sizes(size: int, text: str) -> None:
    assert size_text(size) == text


@pytest.mark.parametrize(("credits", "text"), [(0, "0"), (0.44, "0.4"), (9.95, "9.9"), (12, "12")])
def test_little_use_is_not_none(credits: float, text: str) -> None:
    assert credits_text(credits) == text


def test_a_project_without_activities_has_published_nothing() -> None:
    assert published_share(make_summary()) == 25
    assert published_share(make_summary(activity_count=0, published_count=0)) == 0
