"""A short message at the bottom of the window, with a way to undo."""

from collections.abc import Callable

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QObject,
    QPoint,
    QPropertyAnimation,
    QRectF,
    QTimer,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QEnterEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QWidget

from marketer_desktop.ui.theme.motion import duration
from marketer_desktop.ui.theme.theme import color, current
from marketer_desktop.ui.widgets.button import IconButton, LinkButton
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.painting import fill_rounded, stroke_rounded
from marketer_desktop.ui.widgets.shadow import SoftShadow

RADIUS, BOTTOM, RISE, STAY_MS, MOVE_MS, MAX_WIDTH = 12, 24, 16, 5000, 200, 560


class _Toast(QWidget):
    """The panel itself."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("overlay", True)
        self._shadow = SoftShadow(self, RADIUS)
        self.text = Label("", "body", elide=True)
        self.action = LinkButton("")
        self.cross = IconButton("x", self.tr("Close"), size=28)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(16)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.action)
        layout.addWidget(self.cross)
        self.timer = QTimer(self, singleShot=True, interval=STAY_MS)
        self.timer.timeout.connect(self.hide)
        self.hide()

    def enterEvent(self, event: QEnterEvent) -> None:
        """It does not go while the pointer is on it."""
        self.timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Time goes on."""
        self.timer.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plane and its edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        fill_rounded(painter, rect, RADIUS, color("raised"))
        edge = color("button_border" if current().tokens.dark else "hairline")
        stroke_rounded(painter, rect, RADIUS, edge)


class ToastHost(QObject):
    """Shows one toast at a time at the bottom of `window`, for five seconds."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._on_action: Callable[[], None] | None = None
        self._toast = _Toast(window)
        self._toast.action.clicked.connect(self._act)
        self._toast.cross.clicked.connect(self._toast.hide)
        self._motion = QPropertyAnimation(self._toast, b"pos", self)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        window.installEventFilter(self)

    def show_toast(
        self, text: str, action: str = "", on_action: Callable[[], None] | None = None
    ) -> None:
        """Say `text`; pressing `action` calls `on_action` and takes the toast away."""
        toast = self._toast
        self._on_action = on_action
        toast.text.setText(text)
        toast.action.setText(action)
        toast.action.setVisible(bool(action))
        place = self._place()
        toast.move(place + QPoint(0, RISE))
        toast.show()
        toast.raise_()
        self._motion.stop()
        self._motion.setEndValue(place)
        self._motion.setDuration(duration(MOVE_MS))
        self._motion.start()
        toast.timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(toast, text))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom of the window."""
        if event.type() == QEvent.Type.Resize and self._toast.isVisible():
            self._motion.stop()
            self._toast.move(self._place())
        return False

    def _place(self) -> QPoint:
        hint = self._toast.sizeHint()
        width = min(hint.width(), MAX_WIDTH, self._window.width() - 2 * BOTTOM)
        self._toast.resize(width, hint.height())
        x = (self._window.width() - width) // 2
        return QPoint(x, self._window.height() - BOTTOM - hint.height())

    def _act(self) -> None:
        self._toast.hide()
        if self._on_action is not None:
            self._on_action()
