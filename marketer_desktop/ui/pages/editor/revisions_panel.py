"""The revisions of a text: a list, a comparison, and the way back to one."""

from datetime import datetime

from PySide6.QtCore import QDate, QDateTime, QLocale, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.services.revisions import Comparison, RevisionEntry
from marketer_desktop.ui.pages.editor.wording import reason_name, said
from marketer_desktop.ui.widgets.button import Button, IconButton
from marketer_desktop.ui.widgets.comparison_view import ComparisonView
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.panel_view import EDGE, PanelView
from marketer_desktop.ui.widgets.row_list import Row, RowList
from marketer_desktop.ui.widgets.segmented import Segmented

_ICONS = {
    "generated": "sparkles",
    "regenerated": "refresh-cw",
    "edited": "pencil",
    "restored": "history",
    "imported": "file-down",
}


def moment(at: datetime) -> str:
    """When, in the words of the system: the time today, else day and time."""
    here = QDateTime.fromSecsSinceEpoch(int(at.timestamp()))
    is_today = here.date() == QDate.currentDate()
    return QLocale().toString(here, said("HH:mm") if is_today else said("d MMM yyyy, HH:mm"))


class RevisionsPanel(QWidget):
    """The list stays above; the comparison scrolls below it."""

    compare_asked = Signal(int, int)  # from one number to the other
    restore_asked = Signal(int)
    close_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[RevisionEntry] = []
        self._chosen: int | None = None
        self.list = RowList()
        self.list.setAccessibleName(said("Revisions"))
        self.list.activated_row.connect(self._choose)
        self.against = Segmented(
            [("before", said("What it changed")), ("now", said("Changed since"))]
        )
        self.against.chosen.connect(lambda _: self._compare())
        self.summary = Label("", "secondary", "secondary", elide=True)
        self.text = ComparisonView()
        self.restore = Button(said("Restore"), size="sm", icon="history")
        self.restore.clicked.connect(self._restore)
        self._detail = QWidget()
        self._lay_out()

    def set_revisions(self, entries: list[RevisionEntry]) -> None:
        """Show other revisions, newest first."""
        self._entries = entries
        self.list.set_rows([self._row(entry) for entry in entries])
        numbers = [entry.number for entry in entries]
        if self._chosen not in numbers:
            self._chosen = None
            self._detail.hide()
        else:
            self._compare()

    def set_comparison(self, comparison: Comparison) -> None:
        """Show what differs."""
        self.text.set_changes(comparison.changes)
        entry = next((e for e in self._entries if e.number == self._chosen), None)
        if entry is not None:
            name = f"{reason_name(entry.reason)} · {moment(entry.at)}"
            self.summary.setText(f"{name}: {self.text.summary()}")

    def focus_list(self) -> None:
        """Put the keyboard into the list."""
        self.list.setFocus()

    def _choose(self, key: object) -> None:
        assert isinstance(key, int)
        self._chosen = key
        self._detail.show()
        self.restore.setEnabled(key != self._entries[0].number)
        self._compare()

    def _compare(self) -> None:
        numbers = [entry.number for entry in self._entries]
        if self._chosen is None or self._chosen not in numbers:
            return
        if self.against.value() == "now":
            self.compare_asked.emit(self._chosen, numbers[0])
            return
        place = numbers.index(self._chosen) + 1
        before = numbers[place] if place < len(numbers) else self._chosen
        self.compare_asked.emit(before, self._chosen)

    def _restore(self) -> None:
        if self._chosen is not None:
            self.restore_asked.emit(self._chosen)

    def _row(self, entry: RevisionEntry) -> Row:
        is_now = entry.number == self._entries[0].number
        words = said("{0} words").format(f"{entry.word_count:,}")
        return Row(
            key=entry.number,
            icon=_ICONS.get(entry.reason, "history"),
            tint="chart_1" if is_now else "chart_6",
            title=f"{reason_name(entry.reason)} · {moment(entry.at)}",
            subtitle=f"{words} · {entry.by}" if entry.by else words,
            pill=(said("Now"), "accent") if is_now else None,
        )

    def _lay_out(self) -> None:
        close = IconButton("x", said("Close revisions"), size=28)
        close.clicked.connect(self.close_asked)
        head = QHBoxLayout()
        head.setContentsMargins(EDGE, 12, 12, 8)
        head.addWidget(Label(said("Revisions"), "section"), 1)
        head.addWidget(close)
        rows = PanelView()
        rows.set_margins(0, EDGE)
        card = QFrame()
        card.setProperty("role", "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(1, 4, 1, 4)
        inner.addWidget(self.list)
        rows.column.addWidget(card)
        rows.column.addStretch(1)
        self._lay_out_detail()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(rows, 2)
        column.addWidget(self._detail, 3)

    def _lay_out_detail(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.against)
        tools.addStretch(1)
        tools.addWidget(self.restore)
        card = QFrame()
        card.setProperty("role", "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(8, 8, 4, 8)
        inner.addWidget(self.text)
        column = QVBoxLayout(self._detail)
        column.setContentsMargins(EDGE, 0, EDGE, EDGE)
        column.setSpacing(8)
        column.addLayout(tools)
        column.addWidget(self.summary)
        column.addWidget(card, 1)
        self._detail.hide()
