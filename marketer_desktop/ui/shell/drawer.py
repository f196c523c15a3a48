"""The sidebar over the pages, in a window too narrow to hold both."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from marketer_desktop.ui.shell.brand import Brand
from marketer_desktop.ui.theme.theme import color, current
from marketer_desktop.ui.widgets.button import IconButton

WIDTH, HEAD = 264, 52
SCRIM_LIGHT, SCRIM_DARK = QColor(17, 24, 39, 89), QColor(0, 0, 0, 128)


class Drawer(QWidget):
    """Covers the window with a scrim; a click beside the panel, or Esc, closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._panel: QWidget | None = None
        self._before: QWidget | None = None
        self._is_open = False
        self._head = QWidget(self)
        self._head.setProperty("plane", "chrome")
        cross = IconButton("x", self.tr("Close the menu"))
        cross.clicked.connect(self.close_drawer)
        row = QHBoxLayout(self._head)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(cross)
        row.addWidget(Brand())
        row.addStretch(1)
        self.hide()

    def open(self, window: QWidget, panel: QWidget) -> None:
        """Show `panel` at the left edge of `window`."""
        self._is_open = True
        self._before = window.focusWidget()
        self._panel = panel
        self.setParent(window)
        panel.setParent(self)
        window.installEventFilter(self)
        self._place()
        panel.show()
        self.show()
        self.raise_()

    def close_drawer(self) -> None:
        """Hide it, and give the focus back."""
        if not self._is_open:
            return
        self._is_open = False
        self.window().removeEventFilter(self)
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the window's size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the panel closes."""
        if event.position().x() > WIDTH:
            self.close_drawer()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_drawer()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays among the entries; Qt asks this too while it hides what has the focus."""
        if self._panel is None or not self._is_open:
            return super().focusNextPrevChild(forward)
        stops = [
            child
            for child in (*self._head.findChildren(QWidget), *self._panel.findChildren(QWidget))
            if child.isVisible() and child.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        focused = self.window().focusWidget()
        place = stops.index(focused) if focused in stops else -1
        following = stops[(place + (1 if forward else -1)) % len(stops)]
        following.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """The scrim, and the panel's plane."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), SCRIM_DARK if current().tokens.dark else SCRIM_LIGHT)
        painter.fillRect(0, 0, WIDTH, self.height(), color("chrome"))
        painter.setPen(color("hairline"))
        painter.drawLine(WIDTH, 0, WIDTH, self.height())

    def _place(self) -> None:
        assert self._panel is not None
        self.setGeometry(self.window().rect())
        self._head.setGeometry(0, 0, WIDTH, HEAD)
        self._panel.setGeometry(0, HEAD, WIDTH, self.height() - HEAD)
