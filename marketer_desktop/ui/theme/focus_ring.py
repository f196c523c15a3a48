"""The ring around the control that the keyboard has come to; the mouse leaves none."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QWidget
from shiboken6 import isValid

from marketer_desktop.ui.theme.theme import color

WIDTH, GAP = 2, 2
OUTSET = WIDTH + GAP
KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
PASSING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


def ring_on_focus(control: QWidget, radius: int = 8) -> None:
    """Show a ring around `control`, whose corners have `radius`, when the keyboard comes to it."""
    control.installEventFilter(_Watch(control, radius))


class _Watch(QObject):
    """Lives with one control; its ring lives on the plane the control lies on."""

    def __init__(self, control: QWidget, radius: int) -> None:
        super().__init__(control)
        self._control, self._radius = control, radius
        self._ring: _Ring | None = None
        self._between: list[QWidget] = []
        self._comes_back = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.FocusIn and watched is self._control:
            self._on_focus(event)
        elif kind == QEvent.Type.FocusOut and watched is self._control:
            self._on_focus_lost(event)
        elif kind in MOVES:
            self._place()
        return False

    def _on_focus(self, event: QEvent) -> None:
        assert isinstance(event, QFocusEvent)
        if event.reason() in KEYBOARD or (self._comes_back and event.reason() in PASSING):
            self._show()

    def _on_focus_lost(self, event: QEvent) -> None:
        assert isinstance(event, QFocusEvent)
        self._comes_back = self._ring is not None and event.reason() in PASSING
        self._hide()

    def _show(self) -> None:
        self._hide()
        host, self._between = _host_of(self._control)
        for widget in self._between:
            widget.installEventFilter(self)
        self._ring = _Ring(host, self._radius + OUTSET)
        self._place()

    def _hide(self) -> None:
        for widget in self._between:
            widget.removeEventFilter(self)
        self._between = []
        if self._ring is not None and isValid(self._ring):  # its plane may be gone first
            self._ring.hide()
            self._ring.setParent(None)  # its window may be on its way out: Qt would free it twice
            self._ring.deleteLater()
        self._ring = None

    def _place(self) -> None:
        if self._ring is None or not isValid(self._ring):
            return
        host = self._ring.host
        rect = self._control.rect().translated(self._control.mapTo(host, QPoint(0, 0)))
        self._ring.setGeometry(rect.adjusted(-OUTSET, -OUTSET, OUTSET, OUTSET))
        self._ring.setVisible(self._control.isVisibleTo(host))
        self._ring.raise_()


class _Ring(QWidget):
    """Painted above everything on its plane, and nothing to the mouse."""

    def __init__(self, host: QWidget, radius: int) -> None:
        super().__init__(host)
        self.host, self._radius = host, radius
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("focus"), WIDTH))
        half = WIDTH / 2
        rect = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(rect, self._radius - half, self._radius - half)


def _host_of(control: QWidget) -> tuple[QWidget, list[QWidget]]:
    """The widest plane that moves with the control, and the widgets that lie between."""
    between: list[QWidget] = []
    host = control.parentWidget() or control
    while not host.isWindow() and not _is_scrolled(host):
        between.append(host)
        above = host.parentWidget()
        assert above is not None  # only a window has none
        host = above
    return host, between


def _is_scrolled(widget: QWidget) -> bool:
    """Whether `widget` is what a scroll area moves."""
    parent = widget.parentWidget()
    area = parent.parentWidget() if parent is not None else None
    return isinstance(area, QAbstractScrollArea) and area.viewport() is parent
