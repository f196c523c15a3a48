"""A choice of one among a few, as round buttons in a row."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QStyle, QWidget

from marketer_desktop.ui.theme.focus_ring import ring_on_focus
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import line_height, set_font

CIRCLE = 18
DOT = 8
GAP = 8
SLACK = 4  # the focus ring keeps off the text
BETWEEN = 20


class RadioRow(QWidget):
    """`options` are pairs of a key and a text."""

    chosen = Signal(str)  # the key, when a person chose

    def __init__(self, options: list[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons = {key: Radio(text, self) for key, text in options}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(BETWEEN)
        for button in self._buttons.values():
            self._group.addButton(button)
            row.addWidget(button)
        row.addStretch()
        self.set_value(options[0][0])
        self._group.buttonClicked.connect(lambda button: self.chosen.emit(self.value()))

    def value(self) -> str:
        """The chosen key."""
        checked = self._group.checkedButton()
        return next(key for key, button in self._buttons.items() if button is checked)

    def set_value(self, key: str) -> None:
        """Choose without telling."""
        self._buttons[key].setChecked(True)


class Radio(QRadioButton):
    """One round button; those of a choice belong into one `QButtonGroup`."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        set_font(self, "body")
        ring_on_focus(self, radius=6)

    def sizeHint(self) -> QSize:
        """Circle and text."""
        width = CIRCLE + GAP + self.fontMetrics().horizontalAdvance(self.text()) + SLACK
        return QSize(width, max(CIRCLE, line_height("body")))

    def hitButton(self, pos: QPoint) -> bool:
        """The text takes clicks, too."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint circle and text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(0, (self.height() - CIRCLE) // 2, CIRCLE, CIRCLE)
        self._draw_circle(painter, QStyle.visualRect(self.layoutDirection(), self.rect(), box))
        rest = self.rect().adjusted(CIRCLE + GAP, 0, 0, 0)
        rest = QStyle.visualRect(self.layoutDirection(), self.rect(), rest)
        painter.setPen(color("text" if self.isEnabled() else "disabled"))
        leading = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        painter.drawText(rest, leading | Qt.AlignmentFlag.AlignVCenter, self.text())

    def _draw_circle(self, painter: QPainter, box: QRect) -> None:
        fill, edge = self._colours()
        painter.setBrush(color(fill))
        painter.setPen(QPen(color(edge), 1))
        painter.drawEllipse(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5))
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("on_accent" if self.isEnabled() else "surface"))
            inset = (CIRCLE - DOT) / 2
            painter.drawEllipse(QRectF(box).adjusted(inset, inset, -inset, -inset))

    def _colours(self) -> tuple[str, str]:
        if not self.isEnabled():
            return ("disabled", "disabled") if self.isChecked() else ("sunken", "button_border")
        if self.isChecked():
            role = "accent_hover" if self.underMouse() else "accent"
            return role, role
        return "surface", "secondary" if self.underMouse() else "control"
