"""The invoices of an organization; each opens in the browser."""

from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.pages.settings.billing_presenter import InvoiceLine
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.cells import IconCell, PillCell, TextCell, TitleCell
from marketer_desktop.ui.widgets.empty_state import EmptyState
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.menu import MenuItem, menu
from marketer_desktop.ui.widgets.plan_words import shown_day
from marketer_desktop.ui.widgets.table import Column, Table

AMOUNT, STATE, OPEN, EDGE = 130, 120, 48, 8


class InvoicesCard(Card):
    """`asked` has the address of the page or file that is wanted."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Invoices"), parent=parent)
        self._lines: dict[int, InvoiceLine] = {}
        self.table = Table(
            [
                Column("period", self.tr("Period")),
                Column("state", self.tr("State"), STATE),
                Column("amount", self.tr("Amount"), AMOUNT, "right"),
                Column("open", "", OPEN, "right"),
            ]
        )
        self.table.setAccessibleName(self.tr("Invoices"))
        sentence = self.tr("Each comes here with the next sync after it was made.")
        self.empty = EmptyState("file-text", self.tr("No invoices yet"), sentence)
        self.more = Label("", "secondary", "secondary")
        self.head.addWidget(self.more)
        self.body.setContentsMargins(0, 0, 0, EDGE)
        self.body.addWidget(self.table)
        self.body.addWidget(self.empty)
        self.table.activated_row.connect(self._open)
        self.table.menu_asked.connect(self._show_menu)

    def show_invoices(self, lines: list[InvoiceLine], total: int) -> None:
        """Show these, the newest of `total`."""
        self._lines = {line.key: line for line in lines}
        self.table.set_rows([self._row(line) for line in lines])
        self.table.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        newest = self.tr("The newest {0} of {1}").format(len(lines), total)
        self.more.setText(newest if total > len(lines) else "")

    def _row(self, line: InvoiceLine) -> dict[str, object]:
        opens = IconCell("external-link", self.tr("Opens in the browser"))
        return {
            "key": line.key,
            "period": TitleCell(self._period(line.begins, line.ends)),
            "state": PillCell(self._state(line.status), line.tone),
            "amount": TextCell(line.amount, "text"),
            "open": opens if line.page or line.pdf else "",
        }

    def _period(self, begins: date, ends: date) -> str:
        last = shown_day(ends, "d MMM yyyy")
        if begins == ends:
            return last
        first = "d MMM" if begins.year == ends.year else "d MMM yyyy"
        return f"{shown_day(begins, first)} – {last}"

    def _state(self, status: str) -> str:
        return {
            "draft": self.tr("Draft"),
            "open": self.tr("To be paid"),
            "paid": self.tr("Paid"),
            "void": self.tr("Void"),
            "uncollectible": self.tr("Not paid"),
        }.get(status, status)

    def _open(self, key: object) -> None:
        line = self._lines[int(str(key))]
        if line.page or line.pdf:
            self.asked.emit(line.page or line.pdf)

    def _show_menu(self, key: object, place: QPoint) -> None:
        line = self._lines[int(str(key))]
        ways = ((self.tr("Open invoice"), line.page), (self.tr("Open PDF"), line.pdf))
        items = [
            MenuItem(text, partial(self.asked.emit, address), "external-link")
            for text, address in ways
            if address
        ]
        if items:
            made = menu(self, items)
            made.aboutToHide.connect(made.deleteLater)
            made.popup(place)
