"""A column in the middle of its place, for what stands there alone."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

EDGE, TOP = 24, 40


class Centered(QWidget):
    """Add to `column`, which is at most `width` px wide."""

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inner = QWidget()
        inner.setMaximumWidth(width)
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addStretch(1)
        row.addWidget(inner, 1000)  # takes all up to its greatest width, the stretches the rest
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(EDGE, TOP, EDGE, TOP)
        layout.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(1)
