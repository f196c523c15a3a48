"""How a text looks among the results of a search, and the fields that decide it."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.panel_view import headed
from marketer_desktop.ui.widgets.scoring.search_preview import (
    DESCRIPTION_LETTERS,
    TITLE_PIXELS,
    LengthBar,
    SearchPreview,
    title_pixels,
)
from marketer_desktop.ui.widgets.scoring.wording import said
from marketer_desktop.ui.widgets.segmented import Segmented
from marketer_desktop.ui.widgets.text_input import TextArea, TextInput

GAP, PART_GAP = 8, 16


class SearchEntry(QWidget):
    """The preview on a desktop or a mobile, and title, description and address to edit."""

    edited = Signal(str, str)  # the field, and what it says now

    def __init__(self) -> None:
        super().__init__()
        self._place, self._spare_title = "", ""
        self.device = Segmented([("desktop", said("Desktop")), ("mobile", said("Mobile"))])
        self.device.setAccessibleName(said("Search preview"))
        self.preview = SearchPreview()
        self.title_bar = LengthBar(said("Title"))
        self.description_bar = LengthBar(said("Description"))
        self.title = TextInput(said("Title in search results"))
        self.description = TextArea(said("What the text offers, in one or two sentences"), lines=4)
        self.slug = TextInput(said("words-of-the-address"))
        self._lay_out()
        self._connect()

    def set_place(self, place: str, spare_title: str = "") -> None:
        """`place` stands before the address; `spare_title` is shown while there is no title."""
        self._place, self._spare_title = place, spare_title
        self._show()

    def set_fields(self, title: str, description: str, slug: str) -> None:
        """Show other fields; nobody is told."""
        for control, text in ((self.title, title), (self.slug, slug)):
            if control.text() != text:
                with QSignalBlocker(control):
                    control.setText(text)
                    control.setCursorPosition(0)
        if self.description.toPlainText() != description:
            with QSignalBlocker(self.description):
                self.description.setPlainText(description)
        self._show()

    def _show(self) -> None:
        title = self.title.text().strip() or self._spare_title
        description = self.description.toPlainText()
        self.preview.set_texts(f"{self._place} › {self.slug.text() or '…'}", title, description)
        self.title_bar.set(title_pixels(title), TITLE_PIXELS, "px")
        letters = len(" ".join(description.split()))
        self.description_bar.set(letters, DESCRIPTION_LETTERS[self.device.value()])

    def _edited(self, name: str, text: str) -> None:
        self._show()
        self.edited.emit(name, text)

    def _choose_device(self, device: str) -> None:
        self.preview.set_device(device)
        self._show()

    def _connect(self) -> None:
        self.title.textEdited.connect(lambda text: self._edited("title", text))
        self.slug.textEdited.connect(lambda text: self._edited("slug", text))
        self.description.textChanged.connect(
            lambda: self._edited("description", self.description.toPlainText())
        )
        self.device.chosen.connect(self._choose_device)

    def _lay_out(self) -> None:
        bars = QHBoxLayout()
        bars.setSpacing(16)
        bars.addWidget(self.title_bar, 1)
        bars.addWidget(self.description_bar, 1)
        shown = QVBoxLayout()
        shown.setSpacing(GAP)
        shown.addLayout(headed(said("Search preview"), self.device))
        shown.addWidget(self.preview)
        shown.addLayout(bars)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(PART_GAP)
        column.addLayout(shown)
        column.addWidget(Field(said("Title"), self.title))
        column.addWidget(Field(said("Description"), self.description))
        column.addWidget(Field(said("Address"), self.slug))
