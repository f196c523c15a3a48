"""The sections of the settings, one below the other."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QSizePolicy,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from marketer_desktop.ui.theme import icons
from marketer_desktop.ui.theme.focus_ring import ring_on_focus
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import set_font

WIDTH, ROW, ICON, EDGE, GAP, RADIUS = 200, 36, 18, 12, 10, 8


class SectionList(QWidget):
    """`sections` are a key, a text and an icon each; one is always chosen."""

    chosen = Signal(str)

    def __init__(self, sections: list[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(self.tr("Sections"))
        self._group = QButtonGroup(self)
        self._items = {key: _Item(text, icon) for key, text, icon in sections}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for item in self._items.values():
            self._group.addButton(item)
            column.addWidget(item)
        self._group.buttonToggled.connect(self._on_toggled)

    def set_value(self, key: str) -> None:
        """Choose without telling."""
        self._group.blockSignals(True)
        self._items[key].setChecked(True)
        self._group.blockSignals(False)

    def _on_toggled(self, button: QAbstractButton, checked: bool) -> None:
        if checked:
            self.chosen.emit(next(key for key, item in self._items.items() if item is button))


class _Item(QAbstractButton):
    """One section."""

    def __init__(self, text: str, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setText(text)
        self.setCheckable(True)
        self.setFixedHeight(ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        set_font(self, "label")
        ring_on_focus(self, RADIUS)

    def sizeHint(self) -> QSize:
        """As wide as the list."""
        return QSize(WIDTH, ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plane, the icon and the text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plane = "selected" if self.isChecked() else "neutral" if self.underMouse() else ""
        if plane:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(plane))
            painter.drawRoundedRect(self.rect(), RADIUS, RADIUS)
        role = "accent_text" if self.isChecked() else "secondary"
        place = self._mirrored(QRect(EDGE, (ROW - ICON) // 2, ICON, ICON))
        painter.drawPixmap(place, icons.pixmap(self._icon, role, ICON, self.devicePixelRatio()))
        painter.setPen(color(role))
        left = EDGE + ICON + GAP
        leading = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        rest = self._mirrored(QRect(left, 0, self.width() - left - EDGE, ROW))
        painter.drawText(rest, leading | Qt.AlignmentFlag.AlignVCenter, self.text())

    def _mirrored(self, place: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), place)
