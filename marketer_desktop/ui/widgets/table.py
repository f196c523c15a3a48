"""A table with hairlines between its rows, from edge to edge of its card."""

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QTableView,
    QWidget,
)

from marketer_desktop.ui.theme.focus_ring import KEYBOARD
from marketer_desktop.ui.theme.type import line_height, scale
from marketer_desktop.ui.widgets.painting import draw_focus_ring
from marketer_desktop.ui.widgets.scrolling import RETURNING, keep_in_view
from marketer_desktop.ui.widgets.table_delegate import TableDelegate
from marketer_desktop.ui.widgets.table_header import TableHeader
from marketer_desktop.ui.widgets.table_model import Column, TableModel

__all__ = ["Column", "Table"]
ROW, TALL_ROW, AIR = 44, 52, 9


class Table(QTableView):
    """As high as its rows: the page scrolls, not the table.

    A click or Enter emits `activated_row(key)`; the right button or the menu key emits
    `menu_asked(key, global position)`. Without titles there is no head.
    """

    activated_row = Signal(object)
    menu_asked = Signal(object, QPoint)

    def __init__(self, columns: list[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._by_keyboard = False
        self._model = TableModel(columns, self)
        self._delegate = TableDelegate(self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self._shape()
        self._size_columns()
        self.clicked.connect(self._activate)

    def _shape(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "rows")
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.verticalHeader().hide()
        self.setHorizontalHeader(TableHeader(self))
        self.horizontalHeader().setVisible(any(column.title for column in self._model.columns))

    def _size_columns(self) -> None:
        header = self.horizontalHeader()
        for place, column in enumerate(self._model.columns):
            mode = QHeaderView.ResizeMode
            header.setSectionResizeMode(place, mode.Fixed if column.width else mode.Stretch)
            if column.width:
                header.resizeSection(place, round(column.width * scale()))

    def set_rows(self, rows: list[dict[str, Any]]) -> None:
        """Show other rows; the current one stays current if it is still there."""
        current = self.current_key()
        self._model.replace(list(rows))
        self.verticalHeader().setDefaultSectionSize(self._row_height())
        keys = [row.get("key") for row in rows]
        if current is not None and current in keys and self.current_key() != current:
            self.setCurrentIndex(self._model.index(keys.index(current), 0))
        self.updateGeometry()

    def current_key(self) -> object | None:
        """The key of the current row."""
        index = self.currentIndex()
        return self._model.rows[index.row()].get("key") if index.isValid() else None

    def sizeHint(self) -> QSize:
        """All rows, and the head."""
        header = self.horizontalHeader()
        head = 0 if header.isHidden() else header.sizeHint().height()
        return QSize(480, head + self._row_height() * self._model.rowCount())

    def minimumSizeHint(self) -> QSize:
        """Narrow, but no row is left out."""
        return QSize(240, self.sizeHint().height())

    def _row_height(self) -> int:
        if self._model.has_two_lines():
            return max(TALL_ROW, line_height("label") + line_height("secondary") + AIR)
        return ROW

    def changeEvent(self, event: QEvent) -> None:
        """Larger text needs wider columns and higher rows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size_columns()
            self.verticalHeader().setDefaultSectionSize(self._row_height())
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter activates; arrows move, and the page follows."""
        self._by_keyboard = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._activate(self.currentIndex())
            return
        super().keyPressEvent(event)
        keep_in_view(self, self.visualRect(self.currentIndex()))
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The pointer shows where it is by itself."""
        self._by_keyboard = False
        super().mousePressEvent(event)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by Tab, the first row becomes current."""
        if event.reason() not in RETURNING:
            self._by_keyboard = event.reason() in KEYBOARD
        super().focusInEvent(event)
        if self._by_keyboard and not self.currentIndex().isValid() and self._model.rows:
            self.setCurrentIndex(self._model.index(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row under the pointer, or of the current one."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            place = self.viewport().mapToGlobal(self.visualRect(index).center())
        else:
            index, place = self.indexAt(event.pos()), event.globalPos()
        if index.isValid():
            self.menu_asked.emit(self._model.rows[index.row()].get("key"), place)

    def viewportEvent(self, event: QEvent) -> bool:
        """Mark the whole row under the pointer."""
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        elif isinstance(event, QMouseEvent):
            self._hover(self.rowAt(event.position().toPoint().y()))
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells, then the ring around the row that the keyboard is on."""
        super().paintEvent(event)
        index = self.currentIndex()
        if not (self._by_keyboard and self.hasFocus() and index.isValid()):
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self.visualRect(index)
        ring = QRectF(0, line.top(), self.viewport().width(), line.height())
        draw_focus_ring(painter, ring.adjusted(4, 2, -4, -3), 8)

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered:
            self._delegate.hovered = row
            self.viewport().update()

    def _activate(self, index: QModelIndex) -> None:
        self.activated_row.emit(self._model.rows[index.row()].get("key"))
