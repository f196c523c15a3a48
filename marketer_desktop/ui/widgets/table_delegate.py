"""Paints the cells, the hairlines and the states of a `Table`."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRectF
from PySide6.QtGui import QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.widgets.table_header import insets
from marketer_desktop.ui.widgets.table_model import ALIGN_ROLE, CELL_ROLE

_Index = QModelIndex | QPersistentModelIndex


class TableDelegate(QStyledItemDelegate):
    """Hairlines lie between rows, from edge to edge; no line follows the last."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self.hovered = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint ground, line and cell."""
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = self._ground(index.row())
        if ground:
            painter.fillRect(rect, color(ground))
        if index.row() < self._view.model().rowCount() - 1:
            painter.setPen(QPen(color("hairline"), 1))
            y = rect.bottom() - 0.5
            painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))
        painter.setClipRect(rect)
        index.data(CELL_ROLE).paint(painter, self._inner(rect, index), index.data(ALIGN_ROLE))
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        """Tell what did not fit."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        inner = self._inner(QRectF(option.rect), index)
        QToolTip.showText(event.globalPos(), index.data(CELL_ROLE).cut(inner.width()), view)
        return True

    def _ground(self, row: int) -> str:
        if row == self._view.currentIndex().row() and self._view.hasFocus():
            return "selected"
        return "hover" if row == self.hovered else ""

    def _inner(self, rect: QRectF, index: _Index) -> QRectF:
        left, right = insets(self._view.horizontalHeader(), index.column())
        return rect.adjusted(left, 0, -right, 0)
