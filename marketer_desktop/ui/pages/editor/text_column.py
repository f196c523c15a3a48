"""The middle of the editor: toolbar, notices, the text, and the bar below it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QTextBlock, QTextCursor
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from marketer_desktop.publishing.reading import SOURCES
from marketer_desktop.ui.pages.editor.anchor import anchor_in
from marketer_desktop.ui.pages.editor.link_popover import LinkPopover
from marketer_desktop.ui.pages.editor.notices import Notices
from marketer_desktop.ui.pages.editor.rewriting import passage_rect
from marketer_desktop.ui.pages.editor.selection_bar import SelectionBar, passage_menu
from marketer_desktop.ui.pages.editor.status_bar import StatusBar
from marketer_desktop.ui.pages.editor.wording import said
from marketer_desktop.ui.theme.sheet import set_plane
from marketer_desktop.ui.widgets.editor.clipboard import whole
from marketer_desktop.ui.widgets.editor.commands import Commands
from marketer_desktop.ui.widgets.editor.editor import MarkdownEditor
from marketer_desktop.ui.widgets.editor.find_bar import FindBar
from marketer_desktop.ui.widgets.editor.toolbar import EditorToolbar
from marketer_desktop.ui.widgets.scroll_bar import keep_room_for_bar
from marketer_desktop.ui.widgets.skeleton import Skeleton

BAR_DELAY_MS = 250  # after the selection has come to rest
MARGIN = 40


class PassageEditor(MarkdownEditor):
    """Its menu offers what a model can do with the selection, too."""

    command_asked = Signal(str, str)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The editor's own menu, with the commands at its end."""
        shown = self.open_menu(event)
        if self.textCursor().hasSelection():
            commands = passage_menu(shown, self.command_asked.emit)
            commands.setTitle(said("Rewrite"))
            shown.addSeparator()
            shown.addMenu(commands)


class TextColumn(QWidget):
    """`command_asked` tells what a model is to do with the selection."""

    command_asked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        set_plane(self, "surface")
        self.editor = PassageEditor()
        self.editor.setPlaceholderText(said("Write here or regenerate."))
        self.editor.setAccessibleName(said("Text"))
        keep_room_for_bar(self.editor)
        self.commands = Commands(self.editor)
        self.toolbar = EditorToolbar(self.commands)
        self.find_bar = FindBar(self.editor)
        self.notices = Notices()
        self.status_bar = StatusBar()
        self.selection_bar = SelectionBar(self)
        self._place = QWidget()
        self._views = QStackedLayout(self._place)
        self._waiting = Skeleton(6)
        self._bar_timer = QTimer(self, singleShot=True, interval=BAR_DELAY_MS)
        self._lay_out()
        self._connect()

    def show_waiting(self) -> None:
        """Grey lines until the text is there."""
        self._views.setCurrentIndex(1)
        self.toolbar.setEnabled(False)

    def show_text(self) -> None:
        """The text."""
        self._views.setCurrentIndex(0)
        self.toolbar.setEnabled(True)

    def copy_all(self) -> None:
        """Put the whole text on the clipboard, for word processors, mail and plain fields."""
        QGuiApplication.clipboard().setMimeData(whole(self.editor.markdown()))

    def show_instead(self, view: QWidget) -> None:
        """Something in the place of the text, such as an error."""
        while (old := self._views.widget(2)) is not None:
            self._views.removeWidget(old)
            old.deleteLater()
        self._views.addWidget(view)
        self._views.setCurrentWidget(view)
        self.toolbar.setEnabled(False)

    def open_passage_menu(self) -> None:
        """Offer all commands for the selection, at the selection."""
        if not self._has_selection():
            return
        rect = passage_rect(self.editor, self.editor.textCursor(), self)
        shown = passage_menu(self, self._ask)
        shown.popup(self.mapToGlobal(QPoint(rect.left(), rect.bottom() + 4)))

    def section_passage(self, start: int, level_end: int | None) -> QTextCursor:
        """What stands below the heading at `start`, up to the heading at `level_end`, or the
        sources, or the end.
        """
        document = self.editor.document()
        first = document.findBlock(start).next()
        last = self._last_of_section(first, level_end)
        cursor = QTextCursor(document)
        cursor.setPosition(first.position() if first.isValid() else start)
        end = max(cursor.position(), last.position() + last.length() - 1)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _last_of_section(self, first: QTextBlock, level_end: int | None) -> QTextBlock:
        block = last = first
        while block.isValid() and (level_end is None or block.position() < level_end):
            if block.text().strip() == SOURCES:
                before = block.previous()  # the line above the sources
                return before.previous() if not before.text().strip() else before
            last, block = block, block.next()
        return last

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The bar goes when the keyboard leaves the text."""
        if event.type() == QEvent.Type.FocusOut:
            self.selection_bar.hide()
        return False

    def _has_selection(self) -> bool:
        return bool(self.editor.textCursor().selectedText().strip())

    def _offer(self) -> None:
        if self._has_selection() and self.editor.hasFocus():
            rect = passage_rect(self.editor, self.editor.textCursor(), self)
            self.selection_bar.place(rect, above=True)

    def _on_selection(self) -> None:
        self.selection_bar.hide()
        if self._has_selection():
            self._bar_timer.start()
        else:
            self._bar_timer.stop()

    def _ask_link(self) -> None:
        anchor = anchor_in(self.editor, self.editor.cursorRect())
        popover = LinkPopover(anchor, self.editor)
        popover.closed.connect(anchor.deleteLater)
        popover.open()

    def _ask(self, command: str, tone: str) -> None:
        self.selection_bar.hide()
        self.command_asked.emit(command, tone)

    def _connect(self) -> None:
        self._bar_timer.timeout.connect(self._offer)
        self.editor.selectionChanged.connect(self._on_selection)
        self.editor.verticalScrollBar().valueChanged.connect(self.selection_bar.hide)
        self.editor.installEventFilter(self)
        self.selection_bar.asked.connect(self._ask)
        self.editor.command_asked.connect(self._ask)
        self.commands.link_asked.connect(self._ask_link)

    def _lay_out(self) -> None:
        text = QWidget()
        inner = QVBoxLayout(text)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.find_bar)
        inner.addWidget(self.notices)
        inner.addWidget(self.editor, 1)
        waiting = QWidget()
        rows = QVBoxLayout(waiting)
        rows.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        rows.addWidget(self._waiting)
        rows.addStretch(1)
        self._views.addWidget(text)
        self._views.addWidget(waiting)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        column.addWidget(self._place, 1)
        column.addWidget(self.status_bar)


def section_end(headings: Sequence[tuple[int, str, int]], number: int) -> int | None:
    """Where the next heading of the same level or a higher one stands; None if there is none."""
    level = headings[number][0]
    return next((place for deep, _, place in headings[number + 1 :] if deep <= level), None)
