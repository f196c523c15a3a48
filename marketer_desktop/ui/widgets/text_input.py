"""Fields to type into: a line, some lines, and a search."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QStyle, QToolButton, QWidget

from marketer_desktop.ui.theme import icons
from marketer_desktop.ui.theme.icons import icon
from marketer_desktop.ui.theme.type import line_height, set_font

HEIGHT = 36
SIGN = 16
LENS_EDGE = 11
LENS_ROOM = 24
CROSS_ROOM = 24
PADDING = 8  # above and below the lines of a text area, the border included


class TextInput(QLineEdit):
    """One line."""

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setFixedHeight(HEIGHT)
        set_font(self, "body")


class TextArea(QPlainTextEdit):
    """Some lines; Tab goes on to the next control."""

    def __init__(
        self, placeholder: str = "", lines: int = 4, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        # Lines are wrapped; at certain heights Qt would show and hide both bars for ever.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_font(self, "body")
        self.document().setDocumentMargin(2)
        self.setFixedHeight(lines * line_height("body") + 2 * PADDING)


class SearchInput(TextInput):
    """One line to search with: a lens before it, a cross behind it while it holds text."""

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder, parent)
        self.setTextMargins(LENS_ROOM, 0, CROSS_ROOM, 0)
        self._cross = QToolButton(self)
        self._cross.setIcon(icon("x", "secondary", SIGN))
        self._cross.setIconSize(QSize(SIGN, SIGN))
        self._cross.setFixedSize(CROSS_ROOM, CROSS_ROOM)
        self._cross.setProperty("size", "sm")
        self._cross.setCursor(Qt.CursorShape.ArrowCursor)
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Escape does the same
        self._cross.setAccessibleName(self.tr("Clear"))
        self._cross.setToolTip(self.tr("Clear"))
        self._cross.clicked.connect(self.clear)
        self._cross.hide()
        self.textChanged.connect(lambda text: self._cross.setVisible(bool(text)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties it; empty already, it goes on to the window."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the cross at the end."""
        super().resizeEvent(event)
        side, edge = CROSS_ROOM, (self.height() - CROSS_ROOM) // 2
        self._cross.setGeometry(self._mirrored(QRect(self.width() - edge - side, edge, side, side)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lens."""
        super().paintEvent(event)
        role = "secondary" if self.isEnabled() else "disabled"
        made = icons.pixmap("search", role, SIGN, self.devicePixelRatioF())
        place = QRect(LENS_EDGE, (self.height() - SIGN) // 2, SIGN, SIGN)
        QPainter(self).drawPixmap(self._mirrored(place), made)

    def _mirrored(self, place: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), place)
