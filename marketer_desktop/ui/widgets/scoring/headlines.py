"""The headlines that a run proposed, each with its score, to choose from."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.ui.theme.sheet import restyle
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.panel_view import emptied, headed
from marketer_desktop.ui.widgets.pill import Pill
from marketer_desktop.ui.widgets.ring import ScoreRing
from marketer_desktop.ui.widgets.scoring.wording import said

ROW = 44


class HeadlineRow(QFrame):
    """One headline."""

    def __init__(self, text: str, score: int, first: bool) -> None:
        super().__init__()
        self.setProperty("role", "check")
        restyle(self, first="true" if first else "false")
        self.setMinimumHeight(ROW)
        self.text = text
        self.use = Button(said("Use"), variant="ghost", size="sm")
        self.use.setAccessibleDescription(text)
        self.used = Pill(said("In use"), "success")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(ScoreRing(score), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(Label(text, "secondary", wrap=True), 1)
        for part in (self.use, self.used):
            part.hide()
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_used(self, used: bool) -> None:
        """Say whether this is the title now."""
        self.used.setVisible(used)
        self.use.setVisible(not used)


class Headlines(QWidget):
    """There only if there are any."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[HeadlineRow] = []
        card = QFrame()
        card.setProperty("role", "card")
        self._rows = QVBoxLayout(card)
        self._rows.setContentsMargins(1, 2, 1, 2)
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(headed(said("Headlines")))
        column.addWidget(card)
        self.hide()

    def set_headlines(self, headlines: Sequence[tuple[str, int]], title: str) -> None:
        """Offer these; `title` is the one in use."""
        emptied(self._rows)
        self.rows = []
        for text, score in headlines:
            row = HeadlineRow(text, score, first=not self.rows)
            row.use.clicked.connect(lambda _=False, text=text: self.chosen.emit(text))
            self._rows.addWidget(row)
            self.rows.append(row)
        self.set_title(title)
        self.setVisible(bool(headlines))

    def set_title(self, title: str) -> None:
        """Another title is in use."""
        for row in self.rows:
            row.set_used(row.text.strip() == title.strip())
