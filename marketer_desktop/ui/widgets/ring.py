"""The small ring around a score, as lists and heads show it."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.widgets.painting import draw_score


class ScoreRing(QWidget):
    """Shows a score from 0 to 100 in its colour; nothing without a score."""

    def __init__(
        self, score: int | None = None, size: int = 28, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFixedSize(size, size)
        self._score: int | None = None
        self.set(score)

    def set(self, score: int | None) -> None:
        """Show another score."""
        self._score = score
        self.setAccessibleName("" if score is None else self.tr("Score {0}").format(score))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ring and figure."""
        if self._score is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_score(painter, QRectF(self.rect()), self._score)
