"""Texts that a brand likes: kept with its voice, and measured for its style."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.ui.widgets.button import Button, IconButton
from marketer_desktop.ui.widgets.chip import SuggestionChip
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.text_input import TextArea

MOST, LINES = 5, 3


class Examples(QWidget):
    """As many boxes as there are texts, and one to begin with."""

    changed = Signal()
    style_taken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: list[TextArea] = []
        self._list = QVBoxLayout()
        self.add = Button(self.tr("Add a text"), variant="ghost", size="sm", icon="plus")
        self.add.clicked.connect(lambda: self._more().setFocus())
        self._offer = SuggestionChip("")
        self._offer.clicked.connect(lambda: self.style_taken.emit(self._offer.text()))
        self._offered = Label(self.tr("Use as style:"), "secondary", "secondary")
        self._lay_out()
        self.set_texts([])

    def texts(self) -> list[str]:
        """The texts that are not empty."""
        return [box.toPlainText().strip() for box in self._boxes if box.toPlainText().strip()]

    def set_texts(self, texts: list[str]) -> None:
        """Show other texts."""
        while self._boxes:
            self._drop(self._boxes[-1])
        for text in texts or [""]:
            self._more(text)

    def offer_style(self, style: str) -> None:
        """Offer a style that was measured, or none."""
        self._offer.setText(style)
        self._offer.updateGeometry()
        self._offer.setVisible(bool(style))
        self._offered.setVisible(bool(style))

    def _lay_out(self) -> None:
        self._list.setSpacing(8)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.add)
        foot.addStretch()
        foot.addWidget(self._offered)
        foot.addWidget(self._offer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(self.tr("Texts you like"), "label"))
        column.addWidget(
            Label(
                self.tr("Kept with the voice, and measured for the style."),
                "secondary",
                "secondary",
                wrap=True,
            )
        )
        column.addSpacing(2)
        column.addLayout(self._list)
        column.addLayout(foot)

    def _more(self, text: str = "") -> TextArea:
        box = TextArea(self.tr("Paste two texts you like."), lines=LINES)
        box.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box.setPlainText(text)
        box.setAccessibleName(self.tr("Example {0}").format(len(self._boxes) + 1))
        box.textChanged.connect(self.changed)
        remove = IconButton("x", self.tr("Remove this text"), size=28)
        remove.clicked.connect(lambda: self._on_remove(box))
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(box, 1)
        row.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        self._list.addWidget(line)
        self._boxes.append(box)
        self.add.setVisible(len(self._boxes) < MOST)
        return box

    def _drop(self, box: TextArea) -> None:
        line = box.parentWidget()
        assert line is not None
        self._boxes.remove(box)
        self._list.removeWidget(line)
        line.hide()
        line.deleteLater()
        self.add.setVisible(True)

    def _on_remove(self, box: TextArea) -> None:
        self._drop(box)
        if not self._boxes:
            self._more()
        self.changed.emit()
