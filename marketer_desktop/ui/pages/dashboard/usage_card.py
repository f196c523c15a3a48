"""The card of this month's usage: three figures, and a bar for each day."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.ui.widgets.bar_chart import BarChart
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.label import Label

CHART = 182
EMPTY = "–"


class UsageCard(Card):
    """Figures stand at the beginning, in the middle and at the end."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        names = (self.tr("Requests"), self.tr("Credits"), self.tr("Storage"))
        self._figures = [Label(EMPTY, "figure", tabular=True) for _ in names]
        self.chart = BarChart()
        self.chart.setMinimumHeight(CHART)
        self.chart.setAccessibleName(self.tr("Requests per day"))
        row = QHBoxLayout()
        row.setSpacing(12)
        for place, (figure, name) in enumerate(zip(self._figures, names, strict=True)):
            if place:
                row.addStretch()
            row.addLayout(self._figure(figure, name))
        self.note = Label("", "caption", "muted", wrap=True)
        self.body.setSpacing(8)
        self.body.addLayout(row)
        self.body.addWidget(self.chart, 1)
        self.body.addWidget(self.note)

    def show_usage(
        self,
        figures: tuple[str, str, str],
        bars: tuple[list[float], list[str]],
        limit: int | None = None,
    ) -> None:
        """Write the figures and draw the days; the plan may have a `limit` of runs a day."""
        free = self.tr("No limits on this device. Requests per day.")
        limited = self.tr("Requests per day. The plan allows {0} runs and rewrites a day.")
        self.note.setText(free if limit is None else limited.format(limit))
        for label, text in zip(self._figures, figures, strict=True):
            label.setText(text)
        self.chart.set(*bars)

    def _figure(self, figure: Label, name: str) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(figure)
        column.addWidget(Label(name, "caption", "secondary"))
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        return column
