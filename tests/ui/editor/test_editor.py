from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.theme.theme import Theme, color
from marketer_desktop.ui.theme.tokens import DARK
from marketer_desktop.ui.widgets.editor.commands import Commands
from marketer_desktop.ui.widgets.editor.editor import MarkdownEditor
from marketer_desktop.ui.widgets.editor.toolbar import EditorToolbar
from marketer_desktop.ui.widgets.select import Select

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
Place = Callable[..., QTextCursor]
TEXT = (
    "# Title\n\nIntro [1] and [link](https://x.example/) 日本.\n\n## Part *one*\n\ntext\n\n"
    "```\n# no heading [2]\n```\n\n> quoted\n"
)


def colors(editor: MarkdownEditor, text: str) -> set[str]:
    cursor = editor.document().find(text)
    offset = cursor.selectionStart() - cursor.block().position()
    return {
        span.format.foreground().color().name()
        for span in cursor.block().layout().formats()
        if span.start <= offset < span.start + span.length
    }


def test_the_outline_leads_to_its_headings(editor: MarkdownEditor) -> None:
    editor.load(TEXT + "\n\n".join(["filling"] * 80))
    outline = editor.outline()
    assert [(level, text) for level, text, _ in outline] == [(1, "Title"), (2, "Part one")]
    editor.go_to(outline[1][2])
    assert editor.textCursor().block().text() == "Part one"
    editor.go_to(10**9)
    assert editor.textCursor().atEnd()


def test_the_keyphrase_is_marked_as_whole_words(editor: MarkdownEditor) -> None:
    editor.load("Marketing  automation, 🎉 marketing\nautomation; remarketing automation.\n")
    assert editor.find_and_mark("marketing automation") == 2
    assert [s.cursor.selectedText() for s in editor.extraSelections()] == [
        "Marketing  automation",
        "marketing automation",
    ]
    assert editor.find_and_mark("") == 0
    assert editor.extraSelections() == []
    editor.mark([(0, 4)])
    assert not editor.document().isUndoAvailable()


def test_citations_are_followed_by_mouse_and_keyboard(
    editor: MarkdownEditor, place: Place, qtbot: QtBot
) -> None:
    editor.load(TEXT)
    numbers: list[int] = []
    editor.citation_clicked.connect(numbers.append)
    place("1]")
    spot = editor.cursorRect().center() + QPoint(2, 0)
    QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    place("[1]", after=True)
    QTest.keyClick(editor.viewport(), Key.Key_Return, CONTROL)
    place("2]")
    QTest.keyClick(editor.viewport(), Key.Key_Return, CONTROL)
    assert numbers == [1, 1]
    assert colors(editor, "[1]") == {color("accent_text").name()}


def test_links_are_followed_with_control(editor: MarkdownEditor, place: Place) -> None:
    editor.load(TEXT)
    targets: list[str] = []
    editor.link_clicked.connect(targets.append)
    place("ink")
    spot = editor.cursorRect().center() + QPoint(2, 0)
    QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, CONTROL, spot)
    assert targets == ["https://x.example/"]


def test_the_theme_changes_without_a_trace_in_the_text(
    editor: MarkdownEditor, theme: Theme, qtbot: QtBot
) -> None:
    editor.load(TEXT)
    QTest.keyClicks(editor.viewport(), "x")
    steps = editor.document().availableUndoSteps()
    theme.set_mode("dark")
    qtbot.waitUntil(lambda: colors(editor, "quoted") == {DARK.secondary})
    assert colors(editor, "link") == {DARK.accent_text}
    assert editor.document().availableUndoSteps() == steps
    assert editor.grab().toImage().pixelColor(3, 300).name() == DARK.surface


def test_text_grows_with_the_setting_and_keeps_edits(editor: MarkdownEditor, theme: Theme) -> None:
    editor.load(TEXT)
    QTest.keyClicks(editor.viewport(), "My ")
    try:
        theme.set_text_scale(1.5)
        assert editor.markdown() == TEXT.replace("# Title", "# My Title")
        look = editor.document().begin().begin().fragment().charFormat()
        assert look.font().pixelSize() == 42
    finally:
        theme.set_text_scale(1.0)


def test_the_column_is_in_the_middle_and_narrow_enough(editor: MarkdownEditor) -> None:
    editor.load("word " * 200)
    for width, widest in ((1600, 720), (700, 620)):
        editor.resize(width, 600)
        QApplication.processEvents()
        document = editor.document()
        text = document.size().width() - 2 * document.documentMargin()
        assert widest - 20 <= text <= widest
        middle = editor.viewport().geometry().center().x()
        assert abs(middle - width / 2) < 10


def test_beside_the_column_a_click_still_places_the_cursor(editor: MarkdownEditor) -> None:
    editor.resize(1400, 600)
    editor.load("first\n\nsecond\n")
    QApplication.processEvents()
    place = QPointF(1300, editor.cursorRect().top() + 60)
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        button = Qt.MouseButton.LeftButton
        event = QMouseEvent(
            kind, place, editor.mapToGlobal(place), button, button, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(editor, event)
    assert editor.textCursor().block().text() == "second"
    assert editor.textCursor().atBlockEnd()


def test_saving_a_long_text_while_typing_is_quick(editor: MarkdownEditor) -> None:
    from time import perf_counter

    editor.load("\n\n".join(f"Paragraph {n} with *some* words in it. " * 3 for n in range(250)))
    editor.moveCursor(QTextCursor.MoveOperation.Down)
    times = []
    for letter in "typing":
        QTest.keyClicks(editor.viewport(), letter)
        begin = perf_counter()
        editor.markdown()
        times.append(perf_counter() - begin)
    assert min(times) < 0.05


@pytest.fixture
def toolbar(editor: MarkdownEditor, qtbot: QtBot) -> EditorToolbar:
    toolbar = EditorToolbar(Commands(editor))
    qtbot.addWidget(toolbar)
    toolbar.resize(800, 44)
    toolbar.show()
    return toolbar


def test_the_toolbar_follows_the_cursor_and_acts(
    editor: MarkdownEditor, toolbar: EditorToolbar, place: Place
) -> None:
    editor.load("# Title\n\n**bold** text\n")
    style = toolbar.findChild(Select)
    assert isinstance(style, Select)
    assert style.value() == 1
    place("ol")
    assert style.value() == 0
    bold = next(b for b in toolbar.findChildren(QToolButton) if b.accessibleName() == "Bold")
    assert bold.isChecked()
    style.chosen.emit(3)
    assert editor.markdown() == "# Title\n\n### **bold** text\n"
    place("text", select=True)
    italic = next(b for b in toolbar.findChildren(QToolButton) if b.accessibleName() == "Italic")
    QTest.mouseClick(italic, Qt.MouseButton.LeftButton)
    assert editor.markdown() == "# Title\n\n### **bold** *text*\n"


def test_a_narrow_toolbar_keeps_everything_in_its_menu(toolbar: EditorToolbar) -> None:
    def shown() -> set[str]:
        return {b.accessibleName() for b in toolbar.findChildren(QToolButton) if b.isVisible()}

    wide = shown()
    toolbar.resize(330, 44)
    narrow = shown()
    assert {"Bold", "Italic", "Underline", "More formatting"} <= narrow < wide
    more = next(
        b for b in toolbar.findChildren(QToolButton) if b.accessibleName() == "More formatting"
    )
    more.menu().aboutToShow.emit()
    offered = {action.text() for action in more.menu().actions()}
    assert wide - narrow <= offered
    assert {"Quote", "Code block", "Strikethrough"} <= offered


def test_every_control_has_a_name(toolbar: EditorToolbar) -> None:
    assert all(button.accessibleName() for button in toolbar.findChildren(QToolButton))
