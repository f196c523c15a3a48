"""A list of things in rows of 56 px: an icon, two lines, a state and a score."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QSizePolicy, QWidget

from marketer_desktop.ui.theme.focus_ring import KEYBOARD
from marketer_desktop.ui.widgets.row_delegate import ROW_ROLE, RowDelegate, row_height
from marketer_desktop.ui.widgets.scrolling import RETURNING, keep_in_view

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Row:
    """One row; `tint` is a role such as `chart_2`, `pill` a text and its tone."""

    key: object
    icon: str
    tint: str
    title: str
    subtitle: str = ""
    pill: tuple[str, str] | None = None
    score: int | None = None
    trailing: str = ""

    def spoken(self) -> str:
        """What a screen reader says."""
        score = "" if self.score is None else str(self.score)
        parts = (self.title, self.subtitle, self.pill[0] if self.pill else "", score)
        return ", ".join(part for part in (*parts, self.trailing) if part)


class _Rows(QAbstractListModel):
    """The rows, for the view."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self.has_scores = False

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row for the delegate, its texts for searching and for screen readers."""
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken()
            case _ if role == ROW_ROLE:
                return row
        return None

    def replace(self, rows: list[Row]) -> None:
        """Take other rows; the same keys in the same order change in place."""
        self.has_scores = any(row.score is not None for row in rows)
        if [row.key for row in rows] == [row.key for row in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()


class RowList(QListView):
    """As high as its rows: the page scrolls, not the list. Rows reach both edges of a card.

    A click or Enter emits `activated_row(key)`; the right button or the menu key emits
    `menu_asked(key, global position)`.
    """

    activated_row = Signal(object)
    menu_asked = Signal(object, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.by_keyboard = False
        self._model = _Rows(self)
        self.setModel(self._model)
        self.setItemDelegate(RowDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "rows")
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self._activate)

    def set_rows(self, rows: list[Row]) -> None:
        """Show other rows; the current one stays current if it is still there."""
        current = self.current_key()
        self._model.replace(list(rows))
        keys = [row.key for row in rows]
        if current in keys and self.current_key() != current:
            self.setCurrentIndex(self._model.index(keys.index(current)))
        self.updateGeometry()

    def current_key(self) -> object | None:
        """The key of the current row."""
        index = self.currentIndex()
        return self._model.rows[index.row()].key if index.isValid() else None

    def sizeHint(self) -> QSize:
        """56 px a row at the usual text size."""
        return QSize(320, row_height() * self._model.rowCount())

    def minimumSizeHint(self) -> QSize:
        """Narrow, but no row is left out."""
        return QSize(200, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter activates; arrows move, and the page follows."""
        self.by_keyboard = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._activate(self.currentIndex())
            return
        super().keyPressEvent(event)
        keep_in_view(self, self.visualRect(self.currentIndex()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The pointer shows where it is by itself."""
        self.by_keyboard = False
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by Tab, the first row becomes current."""
        if event.reason() not in RETURNING:
            self.by_keyboard = event.reason() in KEYBOARD
        super().focusInEvent(event)
        if self.by_keyboard and not self.currentIndex().isValid() and self._model.rows:
            self.setCurrentIndex(self._model.index(0))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row under the pointer, or of the current one."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            place = self.viewport().mapToGlobal(self.visualRect(index).center())
        else:
            index, place = self.indexAt(event.pos()), event.globalPos()
        if index.isValid():
            self.menu_asked.emit(self._model.rows[index.row()].key, place)

    def _activate(self, index: QModelIndex) -> None:
        self.activated_row.emit(self._model.rows[index.row()].key)
