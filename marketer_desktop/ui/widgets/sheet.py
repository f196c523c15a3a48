"""A dialog inside the window, on a veil: wizards, publishing, questions."""

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QObject,
    QPoint,
    QPointF,
    QPropertyAnimation,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from marketer_desktop.ui.theme.motion import duration
from marketer_desktop.ui.theme.theme import color, current
from marketer_desktop.ui.widgets.button import IconButton
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.painting import mixed, stroke_rounded
from marketer_desktop.ui.widgets.scrim import Scrim
from marketer_desktop.ui.widgets.shadow import SoftShadow
from marketer_desktop.ui.widgets.shortcut_rest import ShortcutRest

RADIUS, SIDE, MARGIN, RISE, OPEN_MS = 16, 26, 24, 12, 160
GHOST = 16  # the padding of a ghost button: at the left, its text is in line with the body
OTHER = Qt.FocusReason.OtherFocusReason


class Sheet(QDialog):
    """Add to `header` (under the title), `body` (scrolls) and `footer`; a height of 0 fits.

    Tab stays inside and the window's shortcuts rest. Esc and the cross call `reject`, which a
    subclass may override to ask first.
    """

    closed = Signal()

    def __init__(self, window: QWidget, title: str, *, width: int = 680, height: int = 624) -> None:
        super().__init__(window, Qt.WindowType.SubWindow)
        self._window, self._wanted = window, (width, height)
        self._scrim = Scrim(window)
        self.destroyed.connect(self._scrim.retire)
        self._shadow = SoftShadow(self, RADIUS)
        self._rest = ShortcutRest(window, self)
        self._before: QWidget | None = None
        self._motion = QPropertyAnimation(self, b"pos", self)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.setAccessibleName(title)
        self.setProperty("overlay", True)
        self._build(title)
        self.hide()

    def _build(self, title: str) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.title = Label(title, "dialog", elide=True)
        self._cross = IconButton("x", self.tr("Close"))
        self._cross.setToolTip(self.tr("Close (Esc)"))
        self._cross.clicked.connect(self.reject)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(SIDE, 18, 14, 0)
        self._head.addWidget(self.title, 1)
        self._head.addWidget(self._cross)
        self.header = QVBoxLayout()
        self.header.setContentsMargins(0, 0, 0, 0)
        self._content = QWidget()
        self._content.installEventFilter(self)
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(SIDE, 10, SIDE, 20)
        self.body.setSpacing(16)
        self._foot = QWidget()
        self.footer = QHBoxLayout(self._foot)
        self.footer.setContentsMargins(SIDE - GHOST, 15, SIDE, 16)
        self.footer.setSpacing(8)
        layout.addLayout(self._head)
        layout.addLayout(self.header)
        layout.addWidget(self._scroller(), 1)
        layout.addWidget(self._foot)

    def _scroller(self) -> QScrollArea:
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setMinimumHeight(1)  # its own hint would press the foot of a short question
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._content)
        area.viewport().setAutoFillBackground(False)
        self._content.setAutoFillBackground(False)
        area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        return area

    def open_sheet(self) -> None:
        """Show it over the window and put the keyboard into its first control."""
        self._before = self._window.focusWidget()
        self._window.installEventFilter(self)
        self._rest.begin()
        self._foot.setVisible(self.footer.count() > 0)
        if self.header.count():
            self.header.setContentsMargins(SIDE, 6, SIDE, 14)
        self._scrim.cover()
        place = self._place()
        self.setGeometry(place.translated(0, RISE))
        self.show()
        self.raise_()
        self._motion.setEndValue(place.topLeft())
        self._motion.setDuration(duration(OPEN_MS))
        self._motion.start()
        self._focus_first()

    def close_sheet(self) -> None:
        """Take it away and give the keyboard back."""
        if not self.isVisible():
            return
        self._motion.stop()
        self._window.removeEventFilter(self)
        self._rest.end()
        self.hide()
        self._scrim.uncover()
        if self._before is not None and isValid(self._before):
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None
        self.closed.emit()

    def reject(self) -> None:
        """Esc and the cross: close without doing anything."""
        self.close_sheet()

    def accept(self) -> None:
        """Close after what was to be done is done."""
        self.close_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field presses no button, as a `QDialog` would have it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle of the window, and as high as a fitting body needs."""
        resized = event.type() == QEvent.Type.Resize and watched is self._window
        grown = event.type() == QEvent.Type.LayoutRequest and watched is self._content
        if resized:
            self._scrim.setGeometry(self._window.rect())
        if resized or (grown and self.isVisible() and not self._wanted[1]):
            self._motion.stop()
            self.setGeometry(self._place())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plane, the foot and the edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, dark = QRectF(self.rect()), current().tokens.dark
        plane = QPainterPath()
        plane.addRoundedRect(rect, RADIUS, RADIUS)
        painter.fillPath(plane, color("raised"))
        if self._foot.isVisible():
            foot = QRectF(self._foot.geometry())
            painter.setClipRect(foot)
            painter.fillPath(plane, mixed(color("raised"), color("window"), 0.27 if dark else 1))
            painter.setPen(QPen(color("hairline"), 1))
            painter.drawLine(QPointF(0, foot.top() + 0.5), QPointF(foot.right(), foot.top() + 0.5))
            painter.setClipping(False)
        stroke_rounded(painter, rect, RADIUS, color("button_border" if dark else "hairline"))

    def _place(self) -> QRect:
        room = self._window.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        width = min(self._wanted[0], room.width())
        height = min(self._wanted[1] or self._fitting(width), room.height())
        place = QRect(0, 0, width, height)
        place.moveCenter(self._window.rect().center())
        return place

    def _fitting(self, width: int) -> int:
        """The height that shows the whole body."""
        parts = (self._head, self.header)
        height = sum(part.sizeHint().height() for part in parts)
        if self.footer.count():
            height += self._foot.sizeHint().height()
        wraps = self.body.hasHeightForWidth()
        body = self.body.totalHeightForWidth(width) if wraps else self.body.totalSizeHint().height()
        return height + body

    def _focus_first(self) -> None:
        """Not along Qt's focus chain: what that returns would be ended with the sheet's cross."""
        found = [each for each in self.findChildren(QWidget) if self._takes_keys(each)]
        first = min(found, key=self._reading_order, default=self._cross)
        is_button = isinstance(first, QAbstractButton)  # it shows that Enter presses it
        tells = is_button and first is not self._cross
        first.setFocus(Qt.FocusReason.TabFocusReason if tells else OTHER)

    def _takes_keys(self, widget: QWidget) -> bool:
        takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()
        return takes and widget.isVisibleTo(self) and widget is not self._cross

    def _reading_order(self, widget: QWidget) -> tuple[int, int]:
        place = widget.mapTo(self, QPoint(0, 0))
        return place.y(), place.x()
