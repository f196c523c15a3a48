from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QUrl
from PySide6.QtGui import QContextMenuEvent, QImage, QTextDocument
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.theme.theme import Theme
from marketer_desktop.ui.widgets.editor.editor import MarkdownEditor
from marketer_desktop.ui.widgets.editor.images import MISSING, WIDEST, inside

IMAGE = QTextDocument.ResourceType.ImageResource


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    picture = QImage(1280, 640, QImage.Format.Format_RGB32)
    picture.fill(0xFF0000)
    picture.save(str(tmp_path / "red.png"))
    return tmp_path


def test_a_picture_is_read_later_and_no_wider_than_the_text(
    editor: MarkdownEditor, folder: Path, qtbot: QtBot
) -> None:
    editor.set_base_folder(folder)
    editor.load("![Red](red.png)\n")
    look = editor.document().begin().begin().fragment().charFormat().toImageFormat()
    assert (look.width(), look.height()) == (WIDEST, WIDEST / 2)

    def is_red() -> None:
        editor.grab()
        picture = editor.document().resource(IMAGE.value, QUrl("red.png"))
        assert picture.pixelColor(5, 5).name() == "#ff0000"

    qtbot.waitUntil(lambda: _passes(is_red))
    assert editor.markdown() == "![Red](red.png)\n"


def _passes(check: object) -> bool:
    assert callable(check)
    try:
        check()
    except AssertionError:
        return False
    return True


def test_what_is_missing_or_elsewhere_is_a_box(
    editor: MarkdownEditor, folder: Path, theme: Theme
) -> None:
    editor.set_base_folder(folder)
    text = "![Gone](gone.png) ![Far](https://example.com/x.png) ![Up](../secret.png)\n"
    editor.load(text)
    editor.grab()
    for source in ("gone.png", "https://example.com/x.png", "../secret.png"):
        box = editor.document().resource(IMAGE.value, QUrl(source))
        assert (box.width(), box.height()) == MISSING
    before = editor.document().resource(IMAGE.value, QUrl("gone.png")).pixelColor(9, 44)
    theme.set_mode("dark")
    after = editor.document().resource(IMAGE.value, QUrl("gone.png")).pixelColor(9, 44)
    assert before != after
    assert editor.markdown() == text


def test_only_files_in_the_folder_are_found(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "a.png").write_bytes(b"")
    assert inside(folder, "sub/a.png") == (folder / "sub" / "a.png").resolve()
    assert inside(folder / "sub", "../red.png") is None
    assert inside(folder, str(folder / "sub" / "a.png")) is not None
    for foreign in ("/etc/passwd", "//host/a.png", "file:///etc/passwd", "", "a\0b"):
        assert inside(folder, foreign) is None
    assert inside(None, "red.png") is None


def test_the_alternative_text_is_changed_from_the_menu(editor: MarkdownEditor) -> None:
    editor.load("See ![Old \\[one\\]](a.png) here\n")
    asked: list[str] = []
    editor.alt_text_asked.connect(asked.append)
    cursor = editor.document().find("here")
    cursor.setPosition(cursor.selectionStart() - 1)
    spot = editor.cursorRect(cursor).center() - QPoint(20, 0)
    QApplication.sendEvent(
        editor.viewport(),
        QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, editor.mapToGlobal(spot)),
    )
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(a for a in menu.actions() if a.text() == "Alternative text…").trigger()
    menu.close()
    assert asked == ["Old [one]"]
    editor.set_alt_text("New [text]")
    assert editor.markdown() == "See ![New \\[text\\]](a.png) here\n"
    editor.undo()
    assert editor.markdown() == "See ![Old \\[one\\]](a.png) here\n"
