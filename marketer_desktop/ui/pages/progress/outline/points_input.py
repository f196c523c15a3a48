"""What a section is to say, one point a line, as high as its lines."""

import math

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.widgets.text_input import PADDING, TextArea

FEWEST_LINES = 2
SLACK = 2  # px, without which Qt takes the last line for hidden


class PointsInput(TextArea):
    """Does not scroll: the outline does."""

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(placeholder, FEWEST_LINES, parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps other lines; a new height must wait until this one is laid out."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        lines = max(FEWEST_LINES, round(self.document().size().height()))
        height = math.ceil(lines * self.fontMetrics().lineSpacing()) + 2 * PADDING + SLACK
        if height != self.height():
            self.setFixedHeight(height)
