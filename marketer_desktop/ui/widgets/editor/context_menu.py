"""The menu of the text: spelling first, then the clipboard, then the table."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QPoint, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit

from marketer_desktop.ui.widgets.editor import tables
from marketer_desktop.ui.widgets.editor.blocks import KEEP
from marketer_desktop.ui.widgets.editor.highlighter import Highlighter
from marketer_desktop.ui.widgets.editor.inline import image_at
from marketer_desktop.ui.widgets.editor.properties import is_cell
from marketer_desktop.ui.widgets.menu import MenuItem, menu


def tr(text: str) -> str:
    """A text of this menu in the user's language."""
    return QCoreApplication.translate("EditorMenu", text)


def show_menu(
    editor: QTextEdit,
    highlighter: Highlighter,
    corner: QPoint,
    place: QPoint,
    ask_alt: Callable[[str], None],
) -> QMenu:
    """Show the menu for what is at a place in the view."""
    cursor = editor.cursorForPosition(place)
    items = _clipboard_items(editor)
    if is_cell(cursor.block()) and not editor.isReadOnly():
        editor.setTextCursor(cursor)
        items += [None, *_table_items(editor)]
    image = image_at(cursor)
    if image and not editor.isReadOnly():
        editor.setTextCursor(cursor)
        items += [None, MenuItem(tr("Alternative text…"), lambda: ask_alt(image[1]))]
    made = menu(editor, items)
    wrong = highlighter.wrong_word_at(cursor.block(), cursor.positionInBlock())
    if wrong and not editor.isReadOnly():
        cursor.setPosition(cursor.block().position() + wrong[0])
        _add_spelling(made, editor, highlighter, cursor, wrong[1])
    made.aboutToHide.connect(made.deleteLater)
    made.popup(corner)
    return made


def _clipboard_items(editor: QTextEdit) -> list[MenuItem | None]:
    has_selection, can_write = editor.textCursor().hasSelection(), not editor.isReadOnly()
    can_paste = can_write and editor.canPaste()
    return [
        MenuItem(tr("Cut"), editor.cut, shortcut="Ctrl+X", enabled=has_selection and can_write),
        MenuItem(tr("Copy"), editor.copy, shortcut="Ctrl+C", enabled=has_selection),
        MenuItem(tr("Paste"), editor.paste, shortcut="Ctrl+V", enabled=can_paste),
        MenuItem(
            tr("Paste as plain text"),
            lambda: editor.textCursor().insertText(QGuiApplication.clipboard().text()),
            enabled=can_paste,
        ),
        None,
        MenuItem(tr("Select all"), editor.selectAll, shortcut="Ctrl+A"),
    ]


def _table_items(editor: QTextEdit) -> list[MenuItem | None]:
    def at_cursor(name: str) -> MenuItem:
        texts = {
            "insert_row": tr("Insert row below"),
            "insert_column": tr("Insert column to the right"),
            "remove_row": tr("Delete row"),
            "remove_column": tr("Delete column"),
            "remove_table": tr("Delete table"),
        }
        return MenuItem(texts[name], lambda: getattr(tables, name)(editor.textCursor()))

    return [
        at_cursor("insert_row"),
        at_cursor("insert_column"),
        None,
        at_cursor("remove_row"),
        at_cursor("remove_column"),
        at_cursor("remove_table"),
    ]


def _add_spelling(
    made: QMenu, editor: QTextEdit, highlighter: Highlighter, start: QTextCursor, word: str
) -> None:
    """The menu opens at once; Hunspell's suggestions, up to 100 ms later, take a row's place."""
    first = made.actions()[0]
    waiting = QAction(tr("Looking for suggestions…"), made)
    waiting.setEnabled(False)
    add = QAction(tr("Add “{word}” to dictionary").format(word=word), made)
    add.triggered.connect(lambda: _add_word(highlighter, word))
    made.insertActions(first, [waiting, add])
    made.insertSeparator(first)

    def fill() -> None:
        speller = highlighter.speller
        if speller is None:
            return
        words = speller.suggestions(word)
        for better in words:
            action = QAction(better, made)
            action.triggered.connect(
                lambda checked=False, better=better: _replace(start, len(word), better)
            )
            made.insertAction(waiting, action)
        if words:
            made.removeAction(waiting)
        else:
            waiting.setText(tr("No suggestions"))

    QTimer.singleShot(0, made, fill)


def _add_word(highlighter: Highlighter, word: str) -> None:
    if highlighter.speller:
        highlighter.speller.add(word)
        highlighter.recolour([])


def _replace(start: QTextCursor, length: int, word: str) -> None:
    cursor = QTextCursor(start)
    cursor.setPosition(start.position() + length, KEEP)
    cursor.insertText(word)
