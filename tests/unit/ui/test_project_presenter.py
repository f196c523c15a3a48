"""One project: the filter over its activities, and the events of its runs."""

import pytest

from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.ui.pages.project.presenter import ProjectPresenter
from tests.factories.project_views import make_campaign, make_line, make_project


@pytest.fixture
def presenter() -> ProjectPresenter:
    made = ProjectPresenter()
    made.take(
        make_project(
            make_campaign(1, "General", make_line(1, "draft"), make_line(2, "generating")),
            make_campaign(2, "Launch", make_line(3, "draft", title="Größte Ernte", topic="Oolong")),
            make_campaign(3, "Empty"),
        )
    )
    return made


def found(presenter: ProjectPresenter) -> list[tuple[str, list[int]]]:
    return [(g.campaign.name, [line.activity_id for line in g.lines]) for g in presenter.groups]


def test_without_a_filter_empty_campaigns_are_shown(presenter: ProjectPresenter) -> None:
    assert found(presenter) == [("General", [1, 2]), ("Launch", [3]), ("Empty", [])]


@pytest.mark.parametrize(
    ("text", "status", "expected"),
    [
        ("GRÖSSTE", "", [("Launch", [3])]),
        ("ernte oolong", "", [("Launch", [3])]),
        ("tea", "draft", [("General", [1])]),
        ("", "draft", [("General", [1]), ("Launch", [3])]),
        ("coffee", "", []),
        ("   ", "", [("General", [1, 2]), ("Launch", [3]), ("Empty", [])]),
    ],
)
def test_a_filter_leaves_what_fits(
    presenter: ProjectPresenter, text: str, status: str, expected: list[tuple[str, list[int]]]
) -> None:
    presenter.text, presenter.status = text, status
    assert found(presenter) == expected


def test_statuses_are_those_that_occur(presenter: ProjectPresenter) -> None:
    assert presenter.statuses == ["draft", "generating"]


def test_events_of_other_projects_change_nothing(presenter: ProjectPresenter) -> None:
    other = RunEvent(activity_id=9, kind="ended", step="complete", progress=100)
    ours = RunEvent(activity_id=2, kind="progress", step="editing", progress=70)
    assert presenter.apply([other]) == (False, False)
    assert presenter.apply([ours]) == (True, False)
    line = presenter.line(2)
    assert line is not None
    assert (line.progress, line.step) == (70, "editing")
    assert presenter.apply([ours.model_copy(update={"kind": "ended"})]) == (False, True)
    assert presenter.apply([ours.model_copy(update={"kind": "waiting"})]) == (False, True)


def test_another_project_begins_without_a_filter(presenter: ProjectPresenter) -> None:
    presenter.text, presenter.status = "tea", "draft"
    presenter.forget()
    assert (presenter.project, presenter.is_filtered, presenter.groups) == (None, False, [])
