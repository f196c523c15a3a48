"""The head of a table: small titles that line up with what stands under them."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QTableView

from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import font
from marketer_desktop.ui.widgets.painting import draw_text

HEIGHT, INSET, PADDING = 36, 20, 12


def insets(header: QHeaderView, column: int) -> tuple[int, int]:
    """What is left free at both sides of a column: more at the edges of the table."""
    shown = [place for place in range(header.count()) if not header.isSectionHidden(place)]
    left = INSET if column == shown[0] else PADDING
    return left, INSET if column == shown[-1] else PADDING


class TableHeader(QHeaderView):
    """36 px high, with a hairline under it."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(40)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        """36 px high."""
        return QSize(super().sizeHint().width(), HEIGHT)

    def paintSection(self, painter: QPainter, rect: QRect, index: int) -> None:
        """Paint one title."""
        model = self.model()
        title = model.headerData(index, Qt.Orientation.Horizontal)
        align = model.headerData(
            index, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole
        )
        area = QRectF(rect)
        painter.save()
        painter.setPen(QPen(color("hairline"), 1))
        y = area.bottom() - 0.5
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        left, right = insets(self, index)
        inner = area.adjusted(left, 0, -right, 0)
        draw_text(painter, inner, title or "", font("caption_label"), color("muted"), align)
        painter.restore()
