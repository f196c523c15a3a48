"""Small rounded words: one that can be taken away, one that can be taken up."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from marketer_desktop.ui.theme.focus_ring import ring_on_focus
from marketer_desktop.ui.theme.icons import icon
from marketer_desktop.ui.theme.type import set_font
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.enter_key import KEYS
from marketer_desktop.ui.widgets.label import Label

HEIGHT = 24
CROSS = 14
WIDEST = 240
PADDING = 9


class SuggestionChip(Button):
    """A word that is offered; pressing it takes it up."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, variant="chip", size="sm", parent=parent)
        self.setFixedHeight(HEIGHT)
        set_font(self, "secondary_label")

    def sizeHint(self) -> QSize:
        """As wide as its text."""
        return QSize(self._content_width() + 2 * PADDING, HEIGHT)


class Chip(QFrame):
    """A word that was chosen, with a cross to take it away."""

    removed = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = text
        self.setProperty("role", "chip")
        self.setFixedHeight(HEIGHT)
        label = Label(text, "secondary_label", "accent_text", elide=True)
        self.cross = _Cross(self.tr("Remove {0}").format(text))
        self.cross.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 4, 0)
        row.setSpacing(4)
        row.addWidget(label)
        row.addWidget(self.cross)
        wanted = label.fontMetrics().horizontalAdvance(text) + 2
        self.setFixedWidth(min(wanted, WIDEST) + 8 + 4 + 4 + self.cross.width())


class _Cross(QToolButton):
    """Pressed by the mouse, by Enter, Delete and Backspace."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setIcon(icon("x", "accent_text", CROSS))
        self.setIconSize(QSize(CROSS, CROSS))
        self.setFixedSize(18, 18)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the arrow keys come here, Tab goes past
        self.setAccessibleName(name)
        self.setToolTip(name)
        ring_on_focus(self, radius=2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, *KEYS):
            self.click()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # the field goes to the next chip; Qt would go to the next control
        else:
            super().keyPressEvent(event)
