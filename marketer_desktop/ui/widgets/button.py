"""Buttons: with a text, with an icon only, and as a link in a line."""

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from marketer_desktop.ui.theme import icons, motion
from marketer_desktop.ui.theme.focus_ring import ring_on_focus
from marketer_desktop.ui.theme.sheet import restyle
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.theme.type import set_font
from marketer_desktop.ui.widgets.enter_key import pressed_by_enter

INK = {
    "primary": "on_accent",
    "secondary": "text",
    "ghost": "secondary",
    "soft": "accent_text",
    "danger": "on_accent",
    "link": "accent_text",
    "chip": "secondary",
}
HEIGHT = {"sm": 28, "md": 36, "lg": 44}
PADDING = {"sm": 12, "md": 16, "lg": 20}  # the border included
STYLE = {"sm": "secondary_label", "md": "label", "lg": "label"}
ICON = {"sm": 16, "md": 18, "lg": 20}
RADIUS = {"sm": 6, "md": 8, "lg": 8}
GAP = 8
FRAME_MS = 16
TURN_MS = 900
SPINNER = 16


class Button(QPushButton):
    """A button with a text and perhaps an icon before it; see `INK` for its variants."""

    def __init__(
        self,
        text: str = "",
        *,
        variant: str = "secondary",
        size: str = "md",
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._variant, self._size, self._icon = variant, size, icon
        self._angle = 0.0
        self._turning = QTimer(self, interval=FRAME_MS)
        self._turning.timeout.connect(self._turn)
        self.setProperty("variant", variant)
        self.setProperty("size", size)
        self.setFixedHeight(HEIGHT[size])
        self.setAutoDefault(False)  # in a dialog, only the one that is set so is the default
        set_font(self, STYLE[size])
        ring_on_focus(self, RADIUS[size])

    def set_loading(self, loading: bool) -> None:
        """Turn a spinner and take no clicks; the width stays.

        The button is not disabled: that would send the keyboard's focus elsewhere.
        """
        self.blockSignals(loading)
        self.setAccessibleDescription(self.tr("Working") if loading else "")
        self.update()
        if loading:
            self._turning.start()
        else:
            self._turning.stop()

    @property
    def is_loading(self) -> bool:
        """Whether the spinner turns."""
        return self._turning.isActive()

    def set_icon(self, name: str) -> None:
        """Show another icon, or none."""
        self._icon = name
        self.updateGeometry()
        self.update()

    def set_variant(self, variant: str) -> None:
        """Look different from now on."""
        self._variant = variant
        restyle(self, variant=variant)

    def sizeHint(self) -> QSize:
        """As wide as what it shows."""
        return QSize(self._content_width() + 2 * PADDING[self._size], HEIGHT[self._size])

    def minimumSizeHint(self) -> QSize:
        """Never narrower than what it shows."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press it, too."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """While loading, it neither lights up nor sinks."""
        super().initStyleOption(option)
        if self.is_loading:
            state = QStyle.StateFlag
            option.state &= ~(state.State_MouseOver | state.State_Sunken)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plane by the style sheet, icon, text and spinner by hand."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        left = max(0, (self.width() - self._content_width()) // 2)
        if self._icon:
            left = self._draw_icon(painter, left) + GAP
        if self.is_loading and not self._icon:
            self._draw_spinner(painter, (self.width() - SPINNER) // 2)
        elif self.text():
            self._draw_text(painter, left)

    def _content_width(self) -> int:
        width = self.fontMetrics().horizontalAdvance(self.text().replace("&", ""))
        width += 1  # it is rounded, and eliding is not: "Undo" became "Un…"
        if self._icon:
            width += ICON[self._size] + (GAP if self.text() else 0)
        return width

    def _ink(self) -> str:
        return INK[self._variant] if self.isEnabled() else "disabled"

    def _mirrored(self, left: int, width: int) -> QRect:
        rect = QRect(left, 0, width, self.height())
        return QStyle.visualRect(self.layoutDirection(), self.rect(), rect)

    def _draw_icon(self, painter: QPainter, left: int) -> int:
        side = ICON[self._size]
        rect = self._mirrored(left, side)
        if self.is_loading:
            self._draw_spinner(painter, rect.left() + (side - SPINNER) // 2)
        else:
            made = icons.pixmap(self._icon, self._ink(), side, self.devicePixelRatioF())
            painter.drawPixmap(rect.left(), (self.height() - side) // 2, made)
        return left + side

    def _draw_text(self, painter: QStylePainter, left: int) -> None:
        rect = self._mirrored(left, self.width() - left)
        leading = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        flags = leading | Qt.AlignmentFlag.AlignVCenter
        text = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, rect.width(), Qt.TextFlag.TextShowMnemonic
        )
        painter.setPen(color(self._ink()))
        painter.drawText(rect, flags | Qt.TextFlag.TextHideMnemonic, text)

    def _draw_spinner(self, painter: QPainter, left: int) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(color(self._ink()), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        box = QRect(left + 1, (self.height() - SPINNER) // 2 + 1, SPINNER - 2, SPINNER - 2)
        painter.drawArc(box, round(-self._angle * 16), 270 * 16)

    def _turn(self) -> None:
        if not motion.is_reduced():
            self._angle = (self._angle + 360 * FRAME_MS / TURN_MS) % 360
            self.update()


class LinkButton(Button):
    """A button that looks like a link."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, variant="link", size="sm", parent=parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """As wide as its text."""
        return QSize(self._content_width(), HEIGHT[self._size])


class IconButton(QToolButton):
    """An icon that can be pressed; its name is told on hover and to screen readers."""

    def __init__(
        self,
        icon: str,
        name: str,
        *,
        shortcut: str = "",
        size: int = 36,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        is_small = size <= HEIGHT["sm"]
        self._side = side = ICON["sm" if is_small else "md"]
        self.set_icon(icon)
        self.setIconSize(QSize(side, side))
        self.setFixedSize(size, size)
        self.setProperty("size", "sm" if is_small else "md")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._shortcut = shortcut
        self.set_name(name)
        if shortcut:
            self.setShortcut(QKeySequence(shortcut))
        ring_on_focus(self, RADIUS["sm" if is_small else "md"])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press it, too."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def set_icon(self, name: str, role: str = "secondary") -> None:
        """Show another icon."""
        self.setIcon(icons.icon(name, role, self._side))

    def set_name(self, name: str) -> None:
        """Tell another name, as for a button that undoes what it did before."""
        native = QKeySequence(self._shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(f"{name} ({native})" if native else name)
        self.setAccessibleName(name)
