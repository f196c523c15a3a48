import asyncio
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.confirm import confirm
from marketer_desktop.ui.widgets.sheet import Sheet


async def ask(qtbot: QtBot, **options: Any) -> tuple["asyncio.Task[bool]", Sheet, QWidget]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    question = confirm(
        window, "Delete 12 activities?", "They cannot come back.", "Delete", **options
    )
    task = asyncio.ensure_future(question)
    await asyncio.sleep(0)
    return task, window.findChildren(Sheet)[0], window


def button(sheet: Sheet, text: str) -> Button:
    return next(found for found in sheet.findChildren(Button) if found.text() == text)


async def test_action_says_yes(qtbot: QtBot) -> None:
    task, sheet, window = await ask(qtbot)

    QTest.mouseClick(button(sheet, "Delete"), Qt.MouseButton.LeftButton)

    assert await task is True
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert window.findChildren(Sheet) == []


async def test_cancel_says_no(qtbot: QtBot) -> None:
    task, sheet, _ = await ask(qtbot)

    QTest.mouseClick(button(sheet, "Cancel"), Qt.MouseButton.LeftButton)

    assert await task is False


async def test_esc_says_no(qtbot: QtBot) -> None:
    task, sheet, _ = await ask(qtbot)

    QTest.keyClick(sheet, Qt.Key.Key_Escape)

    assert await task is False


async def test_enter_is_safe_where_there_is_danger(qtbot: QtBot) -> None:
    task, sheet, _ = await ask(qtbot, danger=True)
    focus = QApplication.focusWidget()
    assert focus is button(sheet, "Cancel")

    QTest.keyClick(focus, Qt.Key.Key_Return)

    assert await task is False


async def test_enter_acts_where_there_is_none(qtbot: QtBot) -> None:
    task, sheet, _ = await ask(qtbot)
    focus = QApplication.focusWidget()
    assert focus is button(sheet, "Delete")

    QTest.keyClick(focus, Qt.Key.Key_Return)

    assert await task is True


async def test_cancelled_question_takes_its_sheet_away(qtbot: QtBot) -> None:
    task, sheet, _ = await ask(qtbot)

    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert not sheet.isVisible()
