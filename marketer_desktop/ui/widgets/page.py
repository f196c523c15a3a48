"""The frame of every page: it scrolls, and has a title, one primary button and a column."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.label import Label

MAX_WIDTH, NARROW, MEDIUM = 1280, 768, 1024
TOP, HEAD_GAP, CARD_GAP = 24, 24, 20
PADDING = {"narrow": 16, "medium": 24, "wide": 32}


def width_class_of(width: int) -> str:
    """`narrow` below 768 px, `medium` below 1024, else `wide`."""
    return "narrow" if width < NARROW else "medium" if width < MEDIUM else "wide"


def side_of(width: int, width_class: str) -> int:
    """How far from the edge of so wide a page its column begins."""
    return max(PADDING[width_class], (width - MAX_WIDTH) // 2)


class Page(QScrollArea):
    """Add cards to `content`, 20 px apart; add what stands beside the title to `head`."""

    width_class_changed = Signal(str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._width_class = "wide"
        self._primary: Button | None = None
        self.title = Label(title, "page", elide=True)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(self.title, 1)
        self.content = QVBoxLayout()
        self.content.setSpacing(CARD_GAP)
        self._plane = QWidget()
        self._column = QVBoxLayout(self._plane)
        self._column.setSpacing(HEAD_GAP)
        self._column.addLayout(self.head)
        self._column.addLayout(self.content, 1)
        self._make_transparent()
        self._pad()

    def _make_transparent(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._plane)
        self.viewport().setAutoFillBackground(False)
        self._plane.setAutoFillBackground(False)

    def shown(self, **arguments: Any) -> None:
        """The page was navigated to."""

    def left(self) -> None:
        """Another page was navigated to."""

    def set_title(self, title: str) -> None:
        """Change the title."""
        self.title.setText(title)

    def set_primary(self, button: Button) -> None:
        """Put the one primary button at the right of the title."""
        if self._primary is not None:
            self.head.removeWidget(self._primary)
            self._primary.deleteLater()
        self._primary = button
        self.head.addWidget(button)

    def width_class(self) -> str:
        """As `width_class_of` has it."""
        return self._width_class

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Centre the column, and tell when the class of the width changes."""
        super().resizeEvent(event)
        found = width_class_of(self.width())
        changed = found != self._width_class
        self._width_class = found
        self._pad()
        if changed:
            self.width_class_changed.emit(found)

    def _pad(self) -> None:
        padding = PADDING[self._width_class]
        top = min(TOP, padding)
        side = side_of(self.viewport().width(), self._width_class)
        self._column.setContentsMargins(side, top, side, padding)
