"""The local API on the settings page: one switch, a token seen once, and what went wrong."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.local_api import (
    LocalApi,
    RenewLocalApiToken,
    ShowLocalApi,
    SwitchLocalApi,
)
from marketer_desktop.ui.pages.settings.local_api_section import LocalApiSection
from marketer_desktop.ui.widgets.sheet import Sheet
from tests.factories.settings_scene import Scene
from tests.guards import Problems

ADDRESS = "http://127.0.0.1:8750"
OPEN = LocalApi(on=True, port=8750, state="listening", address=ADDRESS, has_token=True)
JUST_MADE = OPEN.model_copy(update={"token": "secret-token"})
FAILED = LocalApi(on=True, port=8750, state="failed", problem="It is taken.", has_token=True)


@pytest.fixture
def scene(qtbot: QtBot) -> Scene:
    return Scene(qtbot)


async def shown(scene: Scene, told: LocalApi | None = None) -> LocalApiSection:
    if told is not None:
        scene.window.engine.answers[ShowLocalApi] = told
    await scene.show("api")
    return scene.page.api


def visible(section: LocalApiSection) -> list[str]:
    parts = {
        "problem": section.problem,
        "token": section.token,
        "token itself": section.token.token,
        "example": section.example,
        "documentation": section.open_docs,
    }
    return [name for name, part in parts.items() if part.isVisible()]


async def test_it_is_off_and_says_what_it_would_allow(scene: Scene) -> None:
    section = await shown(scene)
    assert section.pill.text() == "Off" and not section.switch.isChecked()
    assert visible(section) == []
    said = " ".join(scene.texts(section))
    assert "read, change and delete" in said and "Only this computer" in said


async def test_switched_on_it_shows_the_token_once(scene: Scene, qtbot: QtBot) -> None:
    section = await shown(scene)
    scene.window.engine.answers[SwitchLocalApi] = JUST_MADE
    qtbot.mouseClick(section.switch, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert scene.saved(SwitchLocalApi) == [SwitchLocalApi(on=True, port=8750)]
    assert section.pill.text() == "Open" and section.switch.isEnabled()
    assert ADDRESS in scene.texts(section)
    assert visible(section) == ["token", "token itself", "example", "documentation"]
    qtbot.mouseClick(section.token.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "secret-token"
    qtbot.mouseClick(section.example.copy, Qt.MouseButton.LeftButton)
    line = f'curl -H "Authorization: Bearer secret-token" {ADDRESS}/api/projects'
    assert QGuiApplication.clipboard().text() == line
    assert [toast[0] for toast in scene.window.go.toasts] == ["Copied.", "Copied."]
    section = await shown(scene, OPEN)
    assert "token itself" not in visible(section) and not section.token.copy.isVisible()
    assert "YOUR-TOKEN" in section.example.command.toPlainText()
    assert "secret-token" not in section.token.token.toPlainText()


async def test_the_documentation_is_that_of_the_server(
    scene: Scene, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    places: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", places.append)
    section = await shown(scene, OPEN)
    qtbot.mouseClick(section.open_docs, Qt.MouseButton.LeftButton)
    assert places == [QUrl(f"{ADDRESS}/docs")]


async def test_what_went_wrong_is_said_and_can_be_tried_again(scene: Scene, qtbot: QtBot) -> None:
    section = await shown(scene, FAILED)
    assert section.pill.text() == "Not open" and section.switch.isChecked()
    assert visible(section) == ["problem", "token"]
    assert "It is taken." in scene.texts(section.problem)
    scene.window.engine.answers[SwitchLocalApi] = OPEN
    (again,) = section.problem.findChildren(QPushButton)
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert scene.saved(SwitchLocalApi) == [SwitchLocalApi(on=True, port=8750)]
    assert "problem" not in visible(section) and section.pill.text() == "Open"


async def test_another_port_is_used_as_soon_as_it_is_typed(scene: Scene, qtbot: QtBot) -> None:
    section = await shown(scene)
    scene.window.engine.answers[SwitchLocalApi] = OPEN.model_copy(
        update={"on": False, "state": "off", "address": "", "port": 9000}
    )
    section.port.setFocus()
    section.port.selectAll()
    qtbot.keyClicks(section.port, "9000")
    qtbot.keyClick(section.port, Qt.Key.Key_Return)
    await scene.window.settle()
    assert scene.saved(SwitchLocalApi) == [SwitchLocalApi(on=False, port=9000)]
    section.port.editingFinished.emit()  # nothing was typed since
    await scene.window.settle()
    assert len(scene.saved(SwitchLocalApi)) == 1
    assert section.port.text() == "9000"  # and no 9,000


async def test_a_new_token_is_asked_for_twice(scene: Scene, qtbot: QtBot) -> None:
    scene.window.window.show()
    section = await shown(scene, OPEN)
    scene.window.engine.answers[RenewLocalApiToken] = JUST_MADE
    for name, made in (("Cancel", 0), ("New token", 1)):
        qtbot.mouseClick(section.token.renew, Qt.MouseButton.LeftButton)
        await scene.window.settle()
        (sheet,) = [s for s in scene.window.window.findChildren(Sheet) if s.isVisible()]
        (button,) = [b for b in sheet.findChildren(QPushButton) if b.text() == name]
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        await scene.window.settle()
        assert len(scene.saved(RenewLocalApiToken)) == made
    assert section.token.token.toPlainText() == "secret-token"


async def test_what_fails_leaves_the_switch_as_it_stands(
    scene: Scene, qtbot: QtBot, log_problems: Problems
) -> None:
    section = await shown(scene)
    scene.window.engine.answers[SwitchLocalApi] = ServiceError("The disk is full.")
    qtbot.mouseClick(section.switch, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert [error[0] for error in scene.window.go.errors] == ["The disk is full."]
    assert not section.switch.isChecked() and section.switch.isEnabled()
    assert section.pill.text() == "Off"
    log_problems.records.clear()


async def test_all_of_it_is_reached_by_keyboard(scene: Scene, qtbot: QtBot) -> None:
    section = await shown(scene, JUST_MADE)
    with qtbot.waitActive(scene.page):
        scene.page.activateWindow()
    section.switch.setFocus()
    reached: list[QWidget] = []
    for _ in range(9):
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    wanted: list[QWidget] = [
        section.switch,
        section.port,
        section.open_docs,
        section.token.token,
        section.token.copy,
        section.token.renew,
        section.example.command,
        section.example.copy,
    ]
    assert reached[: len(wanted)] == wanted
    assert all(each.accessibleName() or getattr(each, "text", str)() for each in wanted)
    scene.window.engine.answers[SwitchLocalApi] = scene.window.engine.answers[ShowLocalApi]
    section.switch.setFocus()
    qtbot.keyClick(section.switch, Qt.Key.Key_Space)
    await scene.window.settle()
    assert section.switch.hasFocus()
    assert scene.saved(SwitchLocalApi) == [SwitchLocalApi(on=False, port=8750)]
