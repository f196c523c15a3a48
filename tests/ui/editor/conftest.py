"""An editor in view, and a way to type into it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.widgets.editor.editor import MarkdownEditor

Press = Callable[..., None]


@pytest.fixture
def editor(qtbot: QtBot) -> MarkdownEditor:
    editor = MarkdownEditor()
    qtbot.addWidget(editor)
    editor.resize(800, 600)
    editor.show()
    return editor


@pytest.fixture
def press(editor: MarkdownEditor) -> Press:
    """Types texts, presses keys; modifiers go before their key."""

    def act(*what: str | Qt.Key | Qt.KeyboardModifier) -> None:
        held = Qt.KeyboardModifier.NoModifier
        for item in what:
            if isinstance(item, Qt.KeyboardModifier):
                held |= item
                continue
            if isinstance(item, str):
                QTest.keyClicks(editor.viewport(), item)
            else:
                QTest.keyClick(editor.viewport(), item, held)
            held = Qt.KeyboardModifier.NoModifier

    return act


@pytest.fixture
def place(editor: MarkdownEditor) -> Callable[..., QTextCursor]:
    """Puts the cursor before (or `after`) a text, or selects it."""

    def put(text: str, *, after: bool = False, select: bool = False) -> QTextCursor:
        cursor = editor.document().find(text)
        assert not cursor.isNull(), f"{text!r} is not in the text"
        if not select:
            cursor.setPosition(cursor.selectionEnd() if after else cursor.selectionStart())
        editor.setTextCursor(cursor)
        return cursor

    return put
