"""The page of projects: the table, the archive, new ones and new names."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.services.call import Call, ServiceError
from marketer_desktop.services.projects import (
    ArchiveProject,
    CreateProject,
    ListProjects,
    ProjectList,
    UpdateProject,
)
from marketer_desktop.ui.pages.projects.name_sheet import NameSheet
from marketer_desktop.ui.pages.projects.page import ProjectsPage
from marketer_desktop.ui.widgets.empty_state import EmptyState
from marketer_desktop.ui.widgets.error_view import ErrorView
from tests.factories.project_views import make_summary
from tests.factories.projects import project_ref
from tests.fakes.fake_bridge import FakeWindow

PROJECTS = [make_summary(1, "Spring"), make_summary(2, "Winter", is_archived=True)]
DONE = project_ref(3, "Autumn")


@pytest.fixture
async def fake(qtbot: QtBot) -> AsyncIterator[FakeWindow]:
    window = QWidget()
    qtbot.addWidget(window)
    answers: dict[type[Call[Any]], Any] = {
        ListProjects: ProjectList(projects=PROJECTS),
        CreateProject: DONE,
        UpdateProject: DONE,
        ArchiveProject: DONE,
    }
    fake = FakeWindow(answers, window)
    yield fake
    await fake.tasks.close()


async def opened(fake: FakeWindow, width: int = 1063, **arguments: Any) -> ProjectsPage:
    page = ProjectsPage(fake.context, fake.window)
    fake.window.resize(width, 747)
    page.resize(width, 747)
    fake.window.show()
    page.shown(**arguments)
    await fake.settle()
    return page


def names(page: ProjectsPage) -> list[str]:
    model = page.table.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def sheet_of(fake: FakeWindow) -> NameSheet:
    (sheet,) = fake.window.findChildren(NameSheet)
    return sheet


async def test_the_archive_is_shown_by_its_switch(fake: FakeWindow) -> None:
    page = await opened(fake)
    assert names(page) == ["Spring"]
    page.archived.click()
    assert names(page) == ["Spring", "Winter"]
    assert page.table.model().index(0, 4).data() == "3 of 12"
    assert page.table.model().index(1, 4).data() == "Archived"


async def test_a_row_leads_to_its_project(fake: FakeWindow, qtbot: QtBot) -> None:
    page = await opened(fake)
    page.table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert fake.go.went == [("project", {"project_id": 1})]


async def test_a_new_project_is_named_made_and_opened(fake: FakeWindow, qtbot: QtBot) -> None:
    await opened(fake, new=True)
    sheet = sheet_of(fake)
    sheet.save.click()
    assert sheet.field.error == "Enter a name."
    qtbot.keyClicks(sheet.name, "spring")
    assert "already" in sheet.field.error
    qtbot.keyClicks(sheet.name, " two")
    assert sheet.field.error == ""
    sheet.description.setPlainText("For cafés")
    qtbot.keyClick(sheet.name, Qt.Key.Key_Return)
    await fake.settle()
    assert fake.engine.of(CreateProject) == [
        CreateProject(name="spring two", description="For cafés")
    ]
    assert fake.go.went == [("project", {"project_id": 3})]


async def test_nothing_is_said_of_a_name_before_it_was_typed(fake: FakeWindow) -> None:
    await opened(fake, new=True)
    sheet = sheet_of(fake)
    sheet.description.setFocus()
    await fake.settle()
    assert sheet.field.error == ""
    sheet.reject()


async def test_a_project_is_renamed(fake: FakeWindow) -> None:
    page = await opened(fake)
    page.ask_name(PROJECTS[0])
    sheet = sheet_of(fake)
    assert sheet.name.text() == "Spring"
    sheet.name.setText("SPRING")
    sheet.save.click()
    await fake.settle()
    assert fake.engine.of(UpdateProject) == [UpdateProject(project_id=1, name="SPRING")]


async def test_archiving_can_be_undone(fake: FakeWindow) -> None:
    page = await opened(fake)
    await page._archive(1, True)
    text, action, undo = fake.go.toasts[0]
    assert (text, action) == ("Archived Autumn.", "Undo")
    assert undo is not None
    undo()
    await fake.settle()
    assert [call.archived for call in fake.engine.of(ArchiveProject)] == [True, False]


async def test_without_projects_it_says_what_they_are_for(fake: FakeWindow) -> None:
    fake.engine.answers[ListProjects] = ProjectList(projects=[])
    page = await opened(fake)
    empty = page.findChild(EmptyState)
    assert empty is not None
    assert empty.isVisible()
    assert not page.archived.isVisible()
    empty.action.emit()
    assert sheet_of(fake).isVisible()


async def test_an_error_says_so_and_goes(fake: FakeWindow, log_problems: Any) -> None:
    fake.engine.answers[ListProjects] = ServiceError("Projects not loaded.")
    page = await opened(fake)
    log_problems.records.clear()
    assert page.findChild(ErrorView) is not None
    fake.engine.answers[ListProjects] = ProjectList(projects=PROJECTS)
    fake.engine.changed.emit("projects")
    await fake.settle()
    assert names(page) == ["Spring"]
    assert page.table.isVisible()


@pytest.mark.parametrize(("width", "hidden"), [(1063, 0), (843, 1), (700, 3)])
async def test_narrow_tables_leave_columns_out(fake: FakeWindow, width: int, hidden: int) -> None:
    page = await opened(fake, width)
    columns = page.table.model().columnCount()
    assert sum(page.table.isColumnHidden(place) for place in range(columns)) == hidden
