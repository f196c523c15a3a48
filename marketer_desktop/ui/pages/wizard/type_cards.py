"""The kinds of content as cards to choose one from."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.ui.pages.wizard import wording
from marketer_desktop.ui.theme.focus_ring import ring_on_focus
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import font
from marketer_desktop.ui.widgets.painting import (
    draw_icon,
    draw_text,
    fill_rounded,
    stroke_rounded,
)

HEIGHT, RADIUS, GAP, ICON = 68, 8, 8, 20


class TypeCards(QWidget):
    """Exclusive; the arrow keys move the choice."""

    chosen = Signal(object)  # the `ContentType`, when a person chose

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._cards: dict[ContentType, TypeCard] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for kind, icon, name in wording.types():
            self._cards[kind] = card = TypeCard(icon, name)
            self._group.addButton(card)
            row.addWidget(card, 1)
        self._group.buttonClicked.connect(lambda button: self.chosen.emit(self.value()))

    def value(self) -> ContentType:
        """The chosen kind."""
        return next(kind for kind, card in self._cards.items() if card.isChecked())

    def set_value(self, kind: ContentType) -> None:
        """Choose without telling."""
        self._cards[kind].setChecked(True)
        self.setFocusProxy(self._cards[kind])


class TypeCard(QAbstractButton):
    """An icon over a name."""

    def __init__(self, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setText(name)
        self.setAccessibleName(name)
        self.setCheckable(True)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        ring_on_focus(self, RADIUS)

    def sizeHint(self) -> QSize:
        """All of the same width."""
        return QSize(96, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, edge, icon and name."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, is_on = QRectF(self.rect()), self.isChecked()
        ground = "accent_subtle" if is_on else "hover_raised" if self.underMouse() else "surface"
        fill_rounded(painter, rect, RADIUS, color(ground))
        edge = color("focus" if is_on else "button_border")
        stroke_rounded(painter, rect, RADIUS, edge, 2 if is_on else 1)
        role = "accent_text" if is_on else "secondary"
        draw_icon(painter, QPointF(rect.center().x(), 24), self._icon, role, ICON)
        line = QRectF(4, 38, self.width() - 8, 18)
        middle = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, line, self.text(), font("secondary_label"), color(role), middle)
