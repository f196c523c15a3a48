"""What a plan limits, and how much of it is used."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.services.show_plan import PlanUse
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.plan_words import PlanWords
from marketer_desktop.ui.widgets.progress_bar import ProgressBar

FULL, NEARLY = 100.0, 80.0  # percent


def percent_of(use: PlanUse) -> float | None:
    """How much of a limit is used, at most all of it; None without one."""
    if use.limit is None:
        return None
    return min(100.0, 100 * use.used / use.limit) if use.limit else FULL


def tone_of(percent: float) -> str:
    """The colour of a bar."""
    if percent >= FULL:
        return "error"
    return "warning" if percent >= NEARLY else "accent"


class PlanUses(QWidget):
    """One line for each, with a bar below it where there is a limit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = PlanWords(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self._rows: list[QWidget] = []

    def show_uses(self, uses: Sequence[PlanUse]) -> None:
        """Show these."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(use) for use in uses]
        for row in self._rows:
            self._column.addWidget(row)

    def said(self) -> list[str]:
        """The lines as they are read."""
        return [row.accessibleName() for row in self._rows]

    def _row(self, use: PlanUse) -> QWidget:
        row = QWidget()
        name, used = self._words.limit(use.name), self._words.used(use.name, use.used, use.limit)
        row.setAccessibleName(f"{name}: {used}")
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(Label(name, "label"), 1)
        line.addWidget(Label(used, "secondary", "secondary", tabular=True))
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(line)
        percent = percent_of(use)
        if percent is not None:
            bar = ProgressBar(tone_of(percent))
            bar.set(percent)
            bar.setAccessibleName(name)
            column.addWidget(bar)
        return row
