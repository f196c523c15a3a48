"""How a search engine shows the text: address, title and description, cut where it cuts them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.domain.scoring.pixel_width import pixel_width
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.progress_bar import ProgressBar
from marketer_desktop.ui.widgets.scoring.wording import said

TITLE_PIXELS = 600  # of a title in Arial of 20 px, before it is cut
DESCRIPTION_LETTERS = {"desktop": 156, "mobile": 120}
MOBILE_WIDTH = 300
# Arial's widths; Liberation Sans and Arimo have the same.
FAMILIES = ["Arial", "Liberation Sans", "Arimo", "Helvetica"]


def _search_font() -> QFont:
    made = QFont()
    made.setFamilies(FAMILIES)
    made.setPixelSize(20)
    return made


def title_pixels(title: str) -> int:
    """How wide a search engine draws `title`."""
    return round(pixel_width(title.strip()))


def shown_title(title: str) -> str:
    """`title` as it is shown: cut with … where it is too wide."""
    mode = Qt.TextElideMode.ElideRight
    return QFontMetricsF(_search_font()).elidedText(title.strip(), mode, TITLE_PIXELS)


def shown_description(description: str, device: str) -> str:
    """`description` as it is shown: cut between words with … where it is too long."""
    text, most = " ".join(description.split()), DESCRIPTION_LETTERS[device]
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + " …"


class SearchPreview(QFrame):
    """A card like a result in a list of results."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._device = "desktop"
        self._texts = ("", "", "")
        self.address = Label("", "caption", "secondary", elide=True)
        self.title = Label("", "editor", "accent_text", wrap=True)
        self.description = Label("", "secondary", "secondary", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(2)
        column.addWidget(self.address)
        column.addWidget(self.title)
        column.addWidget(self.description)

    def set_device(self, device: str) -> None:
        """Show it as on a `desktop` or on a `mobile`."""
        self._device = device
        self.setMaximumWidth(MOBILE_WIDTH if device == "mobile" else 16777215)
        self._show()

    def set_texts(self, address: str, title: str, description: str) -> None:
        """Show other texts."""
        self._texts = (address, title, description)
        self._show()

    def _show(self) -> None:
        address, title, description = self._texts
        self.address.setText(address)
        self.title.setText(shown_title(title) or said("No title yet"))
        shown = shown_description(description, self._device)
        self.description.setText(shown or said("No description yet. Search engines pick a text."))


class LengthBar(QWidget):
    """How much of what a search engine shows is used."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._count = Label("", "caption", "secondary", tabular=True)
        self._bar = ProgressBar("success")
        self._bar.setAccessibleName(name)
        head = QHBoxLayout()
        head.addWidget(Label(name, "caption", "secondary"))
        head.addStretch(1)
        head.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._bar)

    def set(self, used: int, most: int, unit: str = "") -> None:
        """Show `used` of `most`; too much is said in words, too."""
        over = used - most
        ending = f" {unit}" if unit else ""
        fits = said("{0} of {1}{2}").format(used, most, ending)
        self._count.setText(said("{0}{1} too many").format(over, ending) if over > 0 else fits)
        self._count.set_role("error_text" if over > 0 else "secondary")
        self._bar.set_tone("error" if over > 0 else "success")
        self._bar.set(100 * used / most)

    @property
    def text(self) -> str:
        """What it says."""
        return self._count.text()
