"""Find and replace in a text."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QToolButton, QWidget

from marketer_desktop.ui.theme.icons import icon
from marketer_desktop.ui.widgets.button import Button, IconButton
from marketer_desktop.ui.widgets.editor.blocks import KEEP, one_step
from marketer_desktop.ui.widgets.editor.editor import MarkdownEditor
from marketer_desktop.ui.widgets.editor.marking import Span, find
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.text_input import TextInput

FIELD_WIDTH, LEAST_WIDTH = 260, 120
COUNT_WIDTH = 72
SETTLE_MS = 150
BUTTON = 32
START = 28  # as the toolbar


class FindBar(QWidget):
    """Hidden until Ctrl+F or Ctrl+H; Escape hides it and goes back to the text."""

    def __init__(self, editor: MarkdownEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._editor = editor
        self._spans: list[Span] = []
        self._settle = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._settle.timeout.connect(self._search)
        self._what = self._field(self.tr("Find"))
        self._with = self._field(self.tr("Replace with"))
        self._count = Label("", "secondary", "secondary")
        self._count.setFixedWidth(COUNT_WIDTH)
        self._case = self._case_button()
        self._replacing = [
            self._with,
            Button(self.tr("Replace"), variant="secondary", size="sm"),
            Button(self.tr("Replace all"), variant="secondary", size="sm"),
        ]
        self._lay_out()
        self._connect()
        self.hide()

    def open_find(self, *, replacing: bool = False) -> None:
        """Show the bar with what is selected; what is typed in the bar stays."""
        selected = self._editor.textCursor().selectedText()
        typed = self._what.hasFocus() or self._with.hasFocus()
        if selected and "\u2029" not in selected and not typed:
            self._what.setText(selected)
        for widget in self._replacing:
            widget.setVisible(replacing and not self._editor.isReadOnly())
        self.show()
        self._what.setFocus()
        self._what.selectAll()
        self._search()

    def close_find(self) -> None:
        """Hide the bar and its marks."""
        self._settle.stop()
        self.hide()
        self._spans = []
        self._show_marks()
        self._editor.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes; Enter and Shift+Enter go on and back."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_find()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._what.hasFocus():
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.find_next(back=back)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._with.hasFocus():
            self.replace()
        else:
            super().keyPressEvent(event)

    def find_next(self, *, back: bool = False) -> None:
        """Select the next place after the cursor, from the start again after the last."""
        self._search()
        if not self._spans:
            return
        cursor = self._editor.textCursor()
        if back:
            before = [span for span in self._spans if span[0] < cursor.selectionStart()]
            span = before[-1] if before else self._spans[-1]
        else:
            after = [span for span in self._spans if span[0] >= cursor.selectionEnd()]
            span = after[0] if after else self._spans[0]
        self._select(span)
        self._show_marks()

    def replace(self) -> None:
        """Replace the place that is selected, and go on."""
        cursor = self._editor.textCursor()
        span = (cursor.selectionStart(), cursor.selectionEnd())
        if span in self._spans:
            cursor.insertText(self._with.text(), self._look_at(span))
            self._editor.setTextCursor(cursor)
        self.find_next()

    def replace_all(self) -> int:
        """Replace all places in one step to undo; how many there were."""
        self._search()
        cursor = QTextCursor(self._editor.document())
        with one_step(cursor):
            for start, end in reversed(self._spans):
                look = self._look_at((start, end))
                cursor.setPosition(start)
                cursor.setPosition(end, KEEP)
                cursor.insertText(self._with.text(), look)
        count = len(self._spans)
        self._search()
        return count

    def _look_at(self, span: Span) -> QTextCharFormat:
        cursor = QTextCursor(self._editor.document())
        cursor.setPosition(span[0] + 1)
        return cursor.charFormat()

    def _search(self) -> None:
        text = self._what.text()
        document = self._editor.document()
        match_case = self._case.isChecked()
        self._spans = find(document, text, match_case=match_case) if text else []
        self._show_marks()

    def _select(self, span: Span) -> None:
        self._editor.go_to(span[0])
        cursor = self._editor.textCursor()
        cursor.setPosition(span[0])
        cursor.setPosition(span[1], KEEP)
        self._editor.setTextCursor(cursor)

    def _show_marks(self) -> None:
        cursor = self._editor.textCursor()
        now = (cursor.selectionStart(), cursor.selectionEnd())
        is_current = now in self._spans
        self._editor.marking.show("found", [span for span in self._spans if span != now])
        self._editor.marking.show("current", [now] if is_current else [])
        if not self._what.text():
            self._count.setText("")
        elif is_current:
            number = self._spans.index(now) + 1
            self._count.setText(self.tr("{n} of {all}").format(n=number, all=len(self._spans)))
        elif self._spans:
            self._count.setText(self.tr("%n found", "", len(self._spans)))
        else:
            self._count.setText(self.tr("Not found"))

    def _field(self, name: str) -> TextInput:
        field = TextInput(name)
        field.setAccessibleName(name)
        field.setFixedHeight(BUTTON)
        field.setMinimumWidth(LEAST_WIDTH)
        field.setMaximumWidth(FIELD_WIDTH)
        return field

    def _case_button(self) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon("case-sensitive"))
        button.setCheckable(True)
        button.setFixedSize(BUTTON, BUTTON)
        button.setProperty("size", "sm")
        button.setToolTip(self.tr("Match case"))
        button.setAccessibleName(self.tr("Match case"))
        return button

    def _lay_out(self) -> None:
        self._previous = IconButton("chevron-up", self.tr("Previous (Shift+Enter)"), size=BUTTON)
        self._next = IconButton("chevron-down", self.tr("Next (Enter)"), size=BUTTON)
        self._close = IconButton("x", self.tr("Close (Esc)"), size=BUTTON)
        grid = QGridLayout(self)
        grid.setContentsMargins(START, 6, 8, 6)
        grid.setSpacing(8)
        finding = QHBoxLayout()
        finding.setSpacing(2)
        for widget in (self._case, self._previous, self._next):
            finding.addWidget(widget)
        finding.addSpacing(8)
        finding.addWidget(self._count)
        finding.addStretch(1)
        finding.addWidget(self._close)
        replacing = QHBoxLayout()
        replacing.setSpacing(8)
        replacing.addWidget(self._replacing[1])
        replacing.addWidget(self._replacing[2])
        replacing.addStretch(1)
        grid.addWidget(self._what, 0, 0)
        grid.addLayout(finding, 0, 1)
        grid.addWidget(self._with, 1, 0)
        grid.addLayout(replacing, 1, 1)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 1)

    def _connect(self) -> None:
        self._what.textChanged.connect(lambda text: self._settle.start())
        self._case.toggled.connect(lambda on: self._search())
        self._previous.clicked.connect(lambda: self.find_next(back=True))
        self._next.clicked.connect(lambda: self.find_next())
        self._close.clicked.connect(self.close_find)
        one, all_places = self._replacing[1:]
        assert isinstance(one, Button)
        assert isinstance(all_places, Button)
        one.clicked.connect(self.replace)
        all_places.clicked.connect(lambda: self.replace_all())
        self._editor.edited.connect(lambda: self._settle.start() if self.isVisible() else None)
        context = Qt.ShortcutContext
        for owner, reach in (
            (self._editor, context.WidgetShortcut),
            (self, context.WidgetWithChildrenShortcut),
        ):
            for keys, replacing in (("Ctrl+F", False), ("Ctrl+H", True)):
                shortcut = QShortcut(QKeySequence(keys), owner)
                shortcut.setContext(reach)
                shortcut.activated.connect(lambda r=replacing: self.open_find(replacing=r))
