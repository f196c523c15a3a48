"""The card of the activities that were touched last."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.empty_state import EmptyState
from marketer_desktop.ui.widgets.row_list import Row, RowList
from marketer_desktop.ui.widgets.skeleton import Skeleton

EDGE, FOOT, ROWS = 20, 8, 5


class RecentCard(QWidget):
    """Shows a skeleton, then rows or the way to begin."""

    begin = Signal()
    expand = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = Card(self.tr("Recent activities"), self.tr("View all"))
        self.list = RowList()
        self.list.setAccessibleName(self.tr("Recent activities"))
        self._skeleton = Skeleton(ROWS)
        self._empty = EmptyState(
            "square-pen",
            self.tr("Write your first piece"),
            self.tr("A topic and a keyword are enough."),
            self.tr("New activity"),
        )
        self._empty.action.connect(self.begin)
        assert self.card.action is not None
        self._expand = self.card.action
        self._expand.clicked.connect(self.expand)
        self._lay_out()
        self.wait()

    def wait(self) -> None:
        """Nothing has been read yet."""
        self._show(self._skeleton)

    def show_rows(self, rows: list[Row]) -> None:
        """The activities, or the way to the first."""
        self.list.set_rows(rows)
        self._show(self.list if rows else self._empty)

    def set_expansion(self, *, possible: bool, expanded: bool) -> None:
        """Offer to see more, or less again."""
        self._expand.setVisible(possible)
        self._expand.setText(self.tr("Show fewer") if expanded else self.tr("View all"))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        self.card.body.setContentsMargins(0, 0, 0, FOOT)
        waiting = QVBoxLayout()
        waiting.setContentsMargins(EDGE, 0, EDGE, 0)
        waiting.addWidget(self._skeleton)
        self.card.body.addLayout(waiting)
        self.card.body.addWidget(self.list)
        self.card.body.addWidget(self._empty, 1)
        self.card.body.addStretch()

    def _show(self, part: QWidget) -> None:
        for each in (self._skeleton, self.list, self._empty):
            each.setVisible(each is part)
        self._expand.setVisible(part is self.list)
