"""The log of what has left this machine: newest first, of one kind or all, until it is cleared."""

from datetime import UTC, datetime

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QHBoxLayout, QWidget

from marketer_desktop.services.departures import (
    ClearDepartures,
    DepartureEntry,
    DeparturePage,
    ShowDepartures,
)
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.widgets.ages import AgeWords
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import EDGE, Card
from marketer_desktop.ui.widgets.cells import TextCell, TitleCell
from marketer_desktop.ui.widgets.confirm import confirm
from marketer_desktop.ui.widgets.empty_state import EmptyState
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.select import Select
from marketer_desktop.ui.widgets.table import Column, Table

AT_ONCE, MOST = 20, 100
WHEN, SIZE, FILTER = 130, 90, 200
ALL = ""
TASK = "settings: departures"


class DeparturesCard(Card):
    """Reads when it is told to, and when somebody asks for another kind, or for more."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("What has left this machine"), parent=parent)
        self._context = context
        self._count = AT_ONCE
        self._ages = AgeWords(self)
        self.kinds = Select()
        self.kinds.setAccessibleName(self.tr("Kind"))
        self.kinds.setFixedWidth(FILTER)
        self.total = Label("", "secondary", "secondary", tabular=True)
        self.clear = Button(self.tr("Clear"), size="sm", icon="trash-2")
        self.more = Button(self.tr("Show more"), size="sm")
        self.table = Table(
            [
                Column("what", self.tr("What")),
                Column("size", self.tr("Size"), SIZE, "right"),
                Column("at", self.tr("When"), WHEN, "right"),
            ]
        )
        self.table.setAccessibleName(self.title.text())
        sentence = self.tr("What does is listed here, with its size and never its content.")
        self.empty = EmptyState("shield", self.tr("Nothing has left this machine."), sentence)
        self._lay_out()
        self.kinds.chosen.connect(self._choose)
        self.more.clicked.connect(self._show_more)
        self.clear.clicked.connect(self._clear)

    async def look(self) -> None:
        """Read what there is of the kind that is chosen."""
        kind = self.kinds.value() or None
        call = ShowDepartures(kind=kind, per_page=self._count)
        page = await self._context.engine.call(call)
        if kind is not None and kind not in page.kinds:  # the last of them was forgotten
            call = ShowDepartures(per_page=self._count)
            page, kind = await self._context.engine.call(call), None
        self._offer(page, kind)
        self._show(page)

    def _lay_out(self) -> None:
        self.head.addWidget(self.clear)
        self.body.setContentsMargins(0, 0, 0, 8)
        self._filter = QWidget()
        row = QHBoxLayout(self._filter)
        row.setContentsMargins(EDGE, 0, EDGE, 0)
        row.addWidget(self.kinds)
        row.addStretch(1)
        row.addWidget(self.total)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(EDGE, 0, EDGE, 8)
        foot.addWidget(self.more)
        foot.addStretch(1)
        for part in (self._filter, self.table, self._foot, self.empty):
            self.body.addWidget(part)

    def _offer(self, page: DeparturePage, kind: str | None) -> None:
        self.kinds.clear()
        self.kinds.add(self.tr("Everything"), ALL)
        for each in page.kinds:
            self.kinds.add(self._kind(each), each)
        self.kinds.set_value(kind or ALL)

    def _show(self, page: DeparturePage) -> None:
        now = datetime.now(UTC)
        entries = enumerate(page.departures)
        self.table.set_rows([self._row(number, entry, now) for number, entry in entries])
        self.total.setText(self.tr("{0} in all").format(_size(page.total_bytes)))
        some = bool(page.departures)
        for part in (self._filter, self.table, self.clear):
            part.setVisible(some)
        self.empty.setVisible(not some)
        more = page.pagination.total > len(page.departures) and self._count < MOST
        self._foot.setVisible(more)

    def _row(self, number: int, entry: DepartureEntry, now: datetime) -> dict[str, object]:
        times = self.tr("{0} times").format(entry.times) if entry.times > 1 else ""
        below = " · ".join(filter(None, (entry.destination, entry.account, times)))
        return {
            "key": number,
            "what": TitleCell(entry.what, below),
            "size": TextCell(_size(entry.bytes) if entry.bytes else "–"),
            "at": TextCell(self._ages.ago(entry.at, now)),
        }

    def _kind(self, kind: str) -> str:
        return {
            "sign_in": self.tr("Signing in"),
            "account": self.tr("Account"),
            "sync_push": self.tr("Changes sent"),
            "sync_changes": self.tr("Changes fetched"),
            "invite": self.tr("Invitations"),
            "agent_answer": self.tr("Lent models"),
            "model_call": self.tr("Models elsewhere"),
            "key_check": self.tr("Checks of keys"),
            "publish": self.tr("Publishing"),
        }.get(kind, kind)

    def _choose(self, kind: object) -> None:
        self._count = AT_ONCE
        self._read()

    def _show_more(self) -> None:
        self._count = MOST
        self._read()

    def _read(self) -> None:
        self._context.tasks.start(TASK, self.look())

    def _clear(self) -> None:
        self._context.tasks.start("settings: clear departures", self._cleared())

    async def _cleared(self) -> None:
        sure = await confirm(
            self._context.go.window(),
            self.tr("Clear the log?"),
            self.tr("It only says what has left: nothing is called back, and nothing else goes."),
            self.tr("Clear"),
            danger=True,
        )
        if not sure:
            return
        await self._context.engine.call(ClearDepartures())
        self._count = AT_ONCE
        await self.look()


def _size(count: int) -> str:
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
