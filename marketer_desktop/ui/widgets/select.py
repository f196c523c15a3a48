"""A choice of one among several, folded away."""

from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from marketer_desktop.ui.theme import icons
from marketer_desktop.ui.theme.popups import round_corners
from marketer_desktop.ui.theme.type import set_font

HEIGHT = 36
CHEVRON = 16
EDGE = 10
TEXT_EDGE = 12
FEWEST_LETTERS = 10  # that it is never narrower than
POPUP_GAP = 4


class Select(QComboBox):
    """Options with a text and a value of any kind."""

    chosen = Signal(object)  # the value, when a person chose

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumContentsLength(FEWEST_LETTERS)
        shrinks = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.setSizeAdjustPolicy(shrinks)
        self.setItemDelegate(QStyledItemDelegate(self))  # Qt's own for this ignores the sheet
        set_font(self, "body")
        round_corners(self.view().window())
        self.activated.connect(lambda index: self.chosen.emit(self.itemData(index)))

    def add(self, text: str, data: Any) -> None:
        """Offer one more."""
        self.addItem(text, data)

    def value(self) -> Any:
        """What is chosen, or None."""
        return self.currentData()

    def set_value(self, data: Any) -> None:
        """Choose without telling; nothing is chosen if there is no such value."""
        values = [self.itemData(index) for index in range(self.count())]
        self.setCurrentIndex(values.index(data) if data in values else -1)

    def showPopup(self) -> None:
        """Leave a gap to the list."""
        super().showPopup()
        popup = self.view().window()
        is_below = popup.y() >= self.mapToGlobal(QPoint(0, 0)).y()
        popup.move(popup.x(), popup.y() + (POPUP_GAP if is_below else -POPUP_GAP))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: no choice changes in passing."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text elided, and the chevron."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.width() - 2 * EDGE - CHEVRON - TEXT_EDGE
        option.currentText = self.fontMetrics().elidedText(
            self.currentText() or self.placeholderText(), Qt.TextElideMode.ElideRight, room
        )
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        role = "secondary" if self.isEnabled() else "disabled"
        made = icons.pixmap("chevron-down", role, CHEVRON, self.devicePixelRatioF())
        place = QRect(
            self.width() - EDGE - CHEVRON, (self.height() - CHEVRON) // 2, CHEVRON, CHEVRON
        )
        painter.drawPixmap(QStyle.visualRect(self.layoutDirection(), self.rect(), place), made)
