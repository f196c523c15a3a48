"""The passages that were found."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.services.passages import Found
from marketer_desktop.ui.pages.documents import wording
from marketer_desktop.ui.pages.documents.marking import excerpt, marked
from marketer_desktop.ui.pages.documents.passage_text import PassageText
from marketer_desktop.ui.pages.documents.wording import tr
from marketer_desktop.ui.theme.focus_ring import ring_on_focus
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.sign import Sign

EDGE, EDGE_OUTSIDE = 12, 8
PRESSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class FoundList(QWidget):
    """At most a dozen, so each may be a widget."""

    chosen = Signal(object)  # the `Found`

    def __init__(self) -> None:
        super().__init__()
        self.head = Label("", "secondary", "secondary", elide=True)
        self.rows: list[FoundRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(EDGE_OUTSIDE, 0, EDGE_OUTSIDE, EDGE_OUTSIDE)
        self._column.setSpacing(0)
        line = QHBoxLayout()
        line.setContentsMargins(EDGE, 0, EDGE, 4)
        line.addWidget(self.head)
        self._column.addLayout(line)

    def show_found(self, passages: Sequence[Found], query: str) -> None:
        """Show these."""
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [FoundRow(found, query) for found in passages]
        for row in self.rows:
            row.pressed.connect(self.chosen)
            self._column.addWidget(row)
        count = wording.passages(len(passages))
        self.head.setText(tr("{0} about “{1}”").format(count, query))


class FoundRow(QFrame):
    """A file's name, the place in it, and the part around the words that were looked for."""

    pressed = Signal(object)

    def __init__(self, found: Found, query: str) -> None:
        super().__init__()
        self._found = found
        self.setProperty("role", "found")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        ring_on_focus(self, 8)
        where = wording.place(found.page, found.heading)
        self.setAccessibleName(", ".join(filter(None, (found.filename, where))))
        self.text = PassageText()
        self.text.set_parts([("text", marked(excerpt(found.text, query), query))])
        self.setAccessibleDescription(self.text.plain())
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Sign("file-text"))
        head.addWidget(Label(found.filename, "label"))
        head.addWidget(Label(where, "secondary", "secondary", elide=True), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 10, EDGE, 10)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.text)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens it."""
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit(self._found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """So do Enter and Space."""
        if event.key() in PRESSING:
            self.pressed.emit(self._found)
        else:
            super().keyPressEvent(event)
