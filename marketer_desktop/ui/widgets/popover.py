"""A small panel under the control that opened it."""

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QObject,
    QPoint,
    QPropertyAnimation,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from marketer_desktop.ui.theme.motion import duration
from marketer_desktop.ui.theme.theme import color, current
from marketer_desktop.ui.widgets.painting import fill_rounded, stroke_rounded
from marketer_desktop.ui.widgets.shadow import SoftShadow

RADIUS, GAP, EDGE, DROP, OPEN_MS = 12, 6, 12, 6, 120


class Popover(QWidget):
    """Lies inside the window, so its round corners need no compositor.

    Add to `body`, which scrolls when it is too high. Esc, a click elsewhere, or `close_popover`
    closes it.
    """

    closed = Signal()

    def __init__(self, anchor: QWidget, *, width: int = 380) -> None:
        self._window = anchor.window()
        super().__init__(self._window, Qt.WindowType.SubWindow)
        self._anchor, self._width = anchor, width
        self._shadow = SoftShadow(self, RADIUS)
        self._motion = QPropertyAnimation(self, b"pos", self)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.setProperty("overlay", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._content = QWidget()
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(16, 16, 16, 16)
        self.body.setSpacing(12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        self._scroller = self._made_scroller()
        layout.addWidget(self._scroller)
        self.hide()

    def _made_scroller(self) -> QScrollArea:
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._content)
        area.viewport().setAutoFillBackground(False)
        self._content.setAutoFillBackground(False)
        return area

    def show_below(self) -> None:
        """Open under the anchor, inside the window."""
        place = self._fit()
        self.move(place - QPoint(0, DROP))
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self._motion.setEndValue(place)
        self._motion.setDuration(duration(OPEN_MS))
        self._motion.start()
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def close_popover(self) -> None:
        """Close, and give the keyboard back to the anchor."""
        if not self.isVisible():
            return
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        has_focus = self.isAncestorOf(self.window().focusWidget()) or self.hasFocus()
        self.hide()
        if has_focus:
            self._anchor.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close on a click elsewhere; on the anchor, that click only closes."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            on_anchor = self._within(watched, self._anchor)
            if on_anchor or not self._within(watched, self):
                self.close_popover()
            return on_anchor
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self._motion.stop()
            self.move(self._fit())
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_popover()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plane and its edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        fill_rounded(painter, rect, RADIUS, color("raised"))
        edge = color("button_border" if current().tokens.dark else "hairline")
        stroke_rounded(painter, rect, RADIUS, edge)

    def _fit(self) -> QPoint:
        """Take the size that the content needs, and say where it goes."""
        window = self._window
        below = self._anchor.mapTo(window, QPoint(0, self._anchor.height() + GAP))
        width = min(self._width, window.width() - 2 * EDGE)
        wanted = self.body.totalHeightForWidth(width - 2) if self.body.hasHeightForWidth() else -1
        height = (wanted if wanted > 0 else self.body.totalSizeHint().height()) + 2
        room = window.height() - below.y() - EDGE
        # Shown by a smaller size before, a bar would make lines wrap, and so itself needed.
        bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if height > room:
            bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self._scroller.setVerticalScrollBarPolicy(bar)
        self.resize(width, min(height, room))
        x = below.x()
        if x + width > window.width() - EDGE:
            x = below.x() + self._anchor.width() - width
        return QPoint(max(EDGE, min(x, window.width() - EDGE - width)), below.y())

    @staticmethod
    def _within(widget: QWidget | None, owner: QWidget) -> bool:
        """Whether `widget` is part of `owner`, or of a menu that it opened."""
        while widget is not None and widget is not owner:
            widget = widget.parentWidget()
        return widget is owner
