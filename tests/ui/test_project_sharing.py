"""Sharing a project with a team: only where there is one, and with what it means said."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.services.call import Call, ServiceError
from marketer_desktop.services.organizations import ListOrganizations
from marketer_desktop.services.projects import ShowProject, UpdateProject
from marketer_desktop.ui.pages.project.page import ProjectPage
from tests.factories.accounts_window import make_organizations
from tests.factories.project_views import make_project
from tests.factories.projects import project_ref
from tests.fakes.fake_bridge import FakeWindow
from tests.guards import Problems


@pytest.fixture
async def fake(qtbot: QtBot) -> AsyncIterator[FakeWindow]:
    window = QWidget()
    qtbot.addWidget(window)
    project = make_project()

    def update(call: UpdateProject) -> Any:
        nonlocal project
        project = project.model_copy(update={"share_with_team": call.share_with_team})
        return project_ref(1, "Spring")

    answers: dict[type[Call[Any]], Any] = {
        ShowProject: lambda call: project,
        UpdateProject: update,
        ListOrganizations: make_organizations(in_team=True),
    }
    fake = FakeWindow(answers, window)
    yield fake
    await fake.tasks.close()


async def opened(fake: FakeWindow) -> ProjectPage:
    page = ProjectPage(fake.context, fake.window)
    fake.window.resize(1063, 747)
    page.resize(1063, 747)
    fake.window.show()
    page.shown(project_id=1, tab="settings")
    await fake.settle()
    return page


def said(page: ProjectPage) -> str:
    labels = page.settings.findChildren(QLabel)
    return " ".join(label.text() for label in labels if label.isVisible())


async def changed(fake: FakeWindow) -> None:
    fake.engine.changed.emit("projects")
    await fake.settle()


async def test_an_own_organization_has_nobody_to_share_with(fake: FakeWindow) -> None:
    fake.engine.answers[ListOrganizations] = make_organizations(in_team=False)
    page = await opened(fake)
    assert not page.settings.sharing.isVisible()
    assert "You work alone on this computer" in said(page)


async def test_it_is_shared_at_once_and_taken_back(fake: FakeWindow, qtbot: QtBot) -> None:
    page = await opened(fake)
    assert "Share with the team of Kestrow" in said(page)
    assert "Once it is shared, it goes to team.example.com" in said(page)
    assert "Of the members of Kestrow, once it is shared." in said(page)
    qtbot.mouseClick(page.settings.sharing.switch, Qt.MouseButton.LeftButton)
    await fake.settle()
    assert fake.engine.of(UpdateProject) == [UpdateProject(project_id=1, share_with_team=True)]
    await changed(fake)
    assert page.settings.sharing.switch.isChecked()
    assert "is on team.example.com" in said(page) and not page.settings.is_dirty
    _, _, undo = fake.go.toasts[-1]
    assert undo is not None
    undo()
    await fake.settle()
    await changed(fake)
    assert not page.settings.sharing.switch.isChecked()
    assert "the server keeps it, unseen" in fake.go.toasts[-1][0]


async def test_what_is_refused_is_said_and_the_switch_goes_back(
    fake: FakeWindow, qtbot: QtBot, log_problems: Problems
) -> None:
    page = await opened(fake)
    fake.engine.answers[UpdateProject] = ServiceError("You may not share it.")
    qtbot.mouseClick(page.settings.sharing.switch, Qt.MouseButton.LeftButton)
    await fake.settle()
    assert fake.go.errors[-1][0] == "You may not share it."
    assert not page.settings.sharing.switch.isChecked()
    log_problems.records.clear()
