"""A column of parts beside a text, which scrolls by itself."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.scroll_bar import keep_room_for_bar

EDGE, GAP = 16, 16


class PanelView(QScrollArea):
    """Add to `column`."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QWidget()
        self.column = QVBoxLayout(content)
        keep_room_for_bar(self)
        self.set_margins(EDGE, EDGE)
        self.column.setSpacing(GAP)
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)

    def set_margins(self, top: int, bottom: int) -> None:
        """Leave room above and below; at the sides there is always the same."""
        bar = self.verticalScrollBar().sizeHint().width()
        self.column.setContentsMargins(EDGE, top, EDGE - bar, bottom)


def headed(title: str, beside: QWidget | None = None) -> QHBoxLayout:
    """The line above a part of a panel, with a control at its end."""
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(Label(title, "label", elide=True), 1)
    if beside is not None:
        row.addWidget(beside)
    return row


def emptied(layout: QVBoxLayout) -> None:
    """Take all widgets out of a column."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
