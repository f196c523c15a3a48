"""The two gauges above the checks: how well a text is found, and how well it reads."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.ui.widgets.gauge import Gauge
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.scoring.findings import Rating
from marketer_desktop.ui.widgets.scoring.wording import rating_name, said

WIDE_FROM = 372  # px of the card; below, gauges are smaller
LARGE, SMALL = 72, 56


class ScoreGauge(QWidget):
    """One gauge with its name, its rating, and what is to be done."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.gauge = Gauge(LARGE)
        self.gauge.setAccessibleName(name)
        self.rating = Label("", "section")
        self.line = Label("", "caption", "secondary", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(Label(name, "secondary", "secondary"))
        words.addWidget(self.rating)
        words.addWidget(self.line)
        words.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._row.addWidget(self.gauge)
        self._row.addLayout(words, 1)

    def set(self, rating: Rating | None, line: str) -> None:
        """Show a total, or a dash and why there is none."""
        if rating is None:
            self.gauge.set(None)
        else:
            self.gauge.set(rating.value, rating.tone)
            self.rating.setText(rating_name(rating.name))
            self.rating.set_role(f"{rating.tone}_text")
        self.rating.setVisible(rating is not None)
        self.line.setText(line)

    def set_small(self, small: bool) -> None:
        """Take less room."""
        self.gauge.set_size(SMALL if small else LARGE)
        self._row.setSpacing(10 if small else 12)


class GaugesCard(QFrame):
    """SEO on the left, readability on the right; dimmed while a new score is awaited."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.seo, self.readability = ScoreGauge(said("SEO")), ScoreGauge(said("Readability"))
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.seo, 1)
        self._row.addWidget(self.readability, 1)
        self.set_small(False)

    def set_small(self, small: bool) -> None:
        """Fit a narrow panel."""
        edge = 6 if small else 14
        self._row.setContentsMargins(edge, 12, edge, 12)
        self._row.setSpacing(4 if small else 12)
        for part in (self.seo, self.readability):
            part.set_small(small)

    def set_waiting(self, waiting: bool) -> None:
        """Dim what is shown: a new score is on its way."""
        for part in (self.seo, self.readability):
            part.gauge.setEnabled(not waiting)
