"""The list of projects: the archive at the end, and names that are free."""

import pytest

from marketer_desktop.ui.pages.projects.presenter import ProjectsPresenter
from tests.factories.project_views import make_summary


@pytest.fixture
def presenter() -> ProjectsPresenter:
    made = ProjectsPresenter()
    old = make_summary(1, "Winter", is_archived=True)
    made.take([old, make_summary(2, "Spring"), make_summary(3, "Summer")])
    return made


def test_the_archive_is_shown_when_asked_for_and_at_the_end(presenter: ProjectsPresenter) -> None:
    assert [project.name for project in presenter.shown] == ["Spring", "Summer"]
    presenter.archived = True
    assert [project.name for project in presenter.shown] == ["Spring", "Summer", "Winter"]
    assert presenter.archive_size == 1


def test_only_an_archive_is_an_empty_list() -> None:
    made = ProjectsPresenter()
    states = [made.state]
    made.take([make_summary(is_archived=True)])
    assert [*states, made.state] == ["loading", "empty"]


@pytest.mark.parametrize(
    ("name", "own", "problem"),
    [
        ("  ", None, "missing"),
        ("x" * 256, None, "long"),
        (" spring ", None, "taken"),
        ("winter", None, "taken"),
        ("SPRING", 2, None),
        ("Autumn", None, None),
    ],
)
def test_names(
    presenter: ProjectsPresenter, name: str, own: int | None, problem: str | None
) -> None:
    assert presenter.problem(name, own) == problem
