"""A plane that holds what belongs together."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.ui.widgets.button import LinkButton
from marketer_desktop.ui.widgets.label import Label

EDGE = 20
HEAD = 52


class Card(QFrame):
    """`body` is its column; `head` the line above with the title and, at its end, `action`."""

    def __init__(self, title: str = "", action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.action = LinkButton(action) if action else None
        self.head = QHBoxLayout()
        self.body = QVBoxLayout()
        self.body.setContentsMargins(EDGE, 0 if title or action else EDGE, EDGE, EDGE)
        self.body.setSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if title or action:
            column.addWidget(self._head_row(title))
        column.addLayout(self.body, 1)

    def _head_row(self, title: str) -> QWidget:
        row = QWidget()
        row.setFixedHeight(HEAD)
        row.setLayout(self.head)
        self.title = Label(title, "section", elide=True)
        self.head.setContentsMargins(EDGE, 4, EDGE, 0)
        self.head.setSpacing(12)
        self.head.addWidget(self.title, 1)
        if self.action is not None:
            self.head.addWidget(self.action)
        return row
