"""A line that tells of a state for as long as it lasts."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.painting import fill_rounded
from marketer_desktop.ui.widgets.sign import Sign

RADIUS = 8
_LOOKS = {
    "accent": ("info", "accent_text", "accent_subtle"),
    "success": ("circle-check", "success_icon", "success_subtle"),
    "warning": ("triangle-alert", "warning_icon", "warning_subtle"),
    "error": ("circle-alert", "error_icon", "error_subtle"),
    "neutral": ("info", "secondary", "neutral"),
}


class Banner(QWidget):
    """`tone` is accent, success, warning, error or neutral; `actions` become buttons."""

    def __init__(
        self,
        tone: str,
        text: str,
        actions: Sequence[tuple[str, Callable[[], None]]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        name, role, _ = _LOOKS[tone]
        self._icon = Sign(name, role, 18)
        self._label = Label(text, "body", wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 8, 8, 8)
        layout.setSpacing(10)
        layout.addWidget(self._icon)
        layout.addWidget(self._label, 1)
        for name, call in actions:
            button = Button(name, variant="secondary", size="sm")
            button.clicked.connect(lambda checked=False, call=call: call())
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumHeight(44)

    def set(self, tone: str, text: str) -> None:
        """Tell of another state."""
        self._tone = tone
        name, role, _ = _LOOKS[tone]
        self._icon.set(name, role)
        self._label.setText(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill_rounded(painter, QRectF(self.rect()), RADIUS, color(_LOOKS[self._tone][2]))
