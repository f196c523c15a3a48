"""A state in a word or two."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from marketer_desktop.ui.theme.sheet import restyle
from marketer_desktop.ui.theme.type import set_font

Tone = Literal["accent", "success", "warning", "error", "neutral"]
HEIGHT = 20


class Pill(QLabel):
    """The tone never says it alone: the text does."""

    def __init__(self, text: str, tone: str = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("pill", True)
        self.setProperty("tone", tone)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        set_font(self, "caption_label")

    def set(self, text: str, tone: str) -> None:
        """Show another state."""
        self.setText(text)
        restyle(self, tone=tone)
