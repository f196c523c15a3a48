"""Paints the rows of a `RowList`."""

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import font, line_height
from marketer_desktop.ui.widgets.painting import (
    draw_badge,
    draw_focus_ring,
    draw_pill,
    draw_score,
    draw_text,
    fill_rounded,
    pill_width,
    width_of,
)

ROW_HEIGHT, ROW_AIR = 56, 9
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
INSET, EDGE, TILE, GAP, RING = 20, 8, 32, 12, 30
_Index = QModelIndex | QPersistentModelIndex


def row_height() -> int:
    """56 px, or more where large text needs it."""
    return max(ROW_HEIGHT, line_height("label") + line_height("secondary") + ROW_AIR)


class RowDelegate(QStyledItemDelegate):
    """The ground reaches to 8 px from both edges, what stands on it to 20 px."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """As high as every row."""
        return QSize(200, row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint ground, tile, lines, pill and score."""
        row = index.data(ROW_ROLE)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, option)
        area = rect.adjusted(INSET, 0, -INSET, 0)
        tile = QRectF(area.left(), area.center().y() - TILE / 2, TILE, TILE)
        draw_badge(painter, tile, row.icon, row.tint)
        self._paint_lines(painter, area, row)
        self._paint_end(painter, area, row)
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        """Tell a title or subtitle that did not fit."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        row = index.data(ROW_ROLE)
        room = self._lines_width(QRectF(option.rect).adjusted(INSET, 0, -INSET, 0), row)
        lines = ((row.title, font("label")), (row.subtitle, font("secondary")))
        cut = [text for text, face in lines if width_of(text, face) > room]
        QToolTip.showText(event.globalPos(), "\n".join(cut), view)
        return True

    def _paint_ground(self, painter: QPainter, rect: QRectF, option: QStyleOptionViewItem) -> None:
        ground = rect.adjusted(EDGE, 1, -EDGE, -1)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if option.state & QStyle.StateFlag.State_Selected and self._view.hasFocus():
            fill_rounded(painter, ground, 8, color("selected"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            fill_rounded(painter, ground, 8, color("hover"))
        if focused and getattr(self._view, "by_keyboard", False):
            draw_focus_ring(painter, ground, 8)

    def _paint_lines(self, painter: QPainter, area: QRectF, row: Any) -> None:
        left, width = area.left() + TILE + GAP, self._lines_width(area, row)
        middle = area.center().y()
        if not row.subtitle:
            line = QRectF(left, area.top(), width, area.height())
            draw_text(painter, line, row.title, font("label"), color("text"))
            return
        title = QRectF(left, middle - line_height("label") + 1, width, line_height("label"))
        draw_text(painter, title, row.title, font("label"), color("text"))
        subtitle = QRectF(left, middle + 1, width, line_height("secondary"))
        draw_text(painter, subtitle, row.subtitle, font("secondary"), color("secondary"))

    def _paint_end(self, painter: QPainter, area: QRectF, row: Any) -> None:
        right, middle = area.right(), area.center().y()
        if self._has_scores():
            if row.score is not None:
                ring = QRectF(right - RING, middle - RING / 2, RING, RING)
                draw_score(painter, ring, row.score)
            right -= RING + GAP
        if row.trailing:
            face = font("secondary", tabular=True)
            width = width_of(row.trailing, face) + 1
            place = QRectF(right - width, area.top(), width, area.height())
            draw_text(painter, place, row.trailing, face, color("secondary"))
            right -= width + GAP
        if row.pill:
            draw_pill(painter, right - pill_width(row.pill[0]), middle, *row.pill)

    def _lines_width(self, area: QRectF, row: Any) -> float:
        taken: float = TILE + GAP
        if self._has_scores():
            taken += RING + GAP
        if row.trailing:
            taken += width_of(row.trailing, font("secondary", tabular=True)) + 1 + GAP
        if row.pill:
            taken += pill_width(row.pill[0]) + GAP
        return area.width() - taken

    def _has_scores(self) -> bool:
        """Whether any row has one: then pills end in the same place in all rows."""
        return bool(getattr(self._view.model(), "has_scores", False))
