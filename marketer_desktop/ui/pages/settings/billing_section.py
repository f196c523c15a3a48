"""Billing: the plan of the organization, what of its limits is used, and what was billed."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QWidget

from marketer_desktop.services.billing_page import ShowInvoicePage, ShowSubscription
from marketer_desktop.services.show_plan import PlanSheet, ShowPlan
from marketer_desktop.services.show_sync import SyncNow
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.bridge.plan_summary import PlanNews, plan_news
from marketer_desktop.ui.pages.settings.billing_presenter import (
    InvoiceLine,
    Payment,
    invoice_line,
    payment,
)
from marketer_desktop.ui.pages.settings.invoices_card import InvoicesCard
from marketer_desktop.ui.pages.settings.rows import IconLine
from marketer_desktop.ui.pages.settings.section import Section
from marketer_desktop.ui.widgets.banner import Banner
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.pill import Pill
from marketer_desktop.ui.widgets.plan_uses import PlanUses
from marketer_desktop.ui.widgets.plan_words import PlanWords, shown_day
from marketer_desktop.ui.widgets.skeleton import Skeleton

MOST_INVOICES = 100  # at once
OFFLINE = frozenset({"lapsed", "waiting"})
SUBJECTS = frozenset({"organizations", "sync", "projects"})


class BillingSection(Section):
    """Reads what was synced: it is all there offline, too."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._words = PlanWords(self)
        self._billing_url = ""
        self._is_stale = False
        self.banner = Banner("neutral", "")
        self.offline = Banner("warning", "", [(self.tr("Sync now"), self._sync)])
        self.pill = Pill("")
        self.price = Label("", "body", "secondary", wrap=True)
        self.change = Button(self.tr("Change plan"), icon="external-link")
        self.uses = PlanUses()
        self.invoices = InvoicesCard()
        self._waiting = Skeleton(4)
        self._lay_out()
        self.change.clicked.connect(lambda: _open(self._billing_url))
        self.invoices.asked.connect(_open)
        context.engine.changed.connect(self._on_changed)

    def read(self) -> None:
        """Read what is known of the organization; what changes meanwhile is read, too."""
        self._is_stale = True
        self.start_reading(self._look())

    async def _look(self) -> None:
        while self._is_stale:
            self._is_stale = False
            await self._look_once()

    async def _look_once(self) -> None:
        engine = self.context.engine
        sheet = await engine.call(ShowPlan())
        paid, lines, total = None, list[InvoiceLine](), 0
        if sheet.sees_bills and not sheet.is_local:
            paid = payment((await engine.call(ShowSubscription())).subscription)
            page = await engine.call(ShowInvoicePage(per_page=MOST_INVOICES))
            lines, total = list(map(invoice_line, page.invoices)), page.pagination.total
        self._show(sheet, paid)
        self.invoices.show_invoices(lines, total)
        self.invoices.setVisible(sheet.sees_bills and not sheet.is_local)

    def _lay_out(self) -> None:
        self._plan = Card(self.tr("Plan"))
        self._plan.head.addWidget(self.pill)
        self._plan.body.setSpacing(16)
        self._plan.body.addWidget(self.price)
        self._local = IconLine(
            "hard-drive",
            self.tr(
                "This organization is on this computer and nowhere else. It has no limits, and "
                "nothing is billed. What is used is counted for you alone."
            ),
        )
        self._plan.body.addWidget(self._local)
        self._plan.body.addWidget(self.uses)
        row = QHBoxLayout()
        row.addWidget(self.change)
        row.addStretch(1)
        self._plan.body.addLayout(row)
        for part in (self.banner, self.offline, self._waiting, self._plan, self.invoices):
            self.column.addWidget(part)
            part.setVisible(part is self._waiting)

    def _show(self, sheet: PlanSheet, paid: Payment | None) -> None:
        self._billing_url = sheet.billing_url
        self._plan.title.setText(sheet.organization)
        self.pill.set(self._words.plan(sheet.plan), "neutral" if sheet.is_local else "accent")
        said = self._paid(sheet, paid)
        self.price.setText(said)
        self.price.setVisible(bool(said))
        self._local.setVisible(sheet.is_local)
        self.uses.show_uses(sheet.uses)
        self.change.setVisible(bool(sheet.billing_url) and sheet.pays)
        self._tell(plan_news(sheet))
        self._waiting.hide()
        self._plan.show()

    def _tell(self, news: PlanNews | None) -> None:
        needed = None
        if news is not None:
            needed = self.offline if news.kind in OFFLINE else self.banner
            needed.set(news.tone, self._words.news(news.kind, news.at, news.heard_at))
        for banner in (self.banner, self.offline):
            banner.setVisible(banner is needed)

    def _sync(self) -> None:
        self.context.tasks.start("settings: sync", self._synced())

    async def _synced(self) -> None:
        await self.context.engine.call(SyncNow())
        self.read()

    def _paid(self, sheet: PlanSheet, paid: Payment | None) -> str:
        if sheet.is_local:
            return ""
        if not sheet.sees_bills:
            return self.tr("Owners and admins see the subscription and the invoices.")
        if paid is None:
            return self.tr("There is no subscription.")
        day = shown_day(paid.until)
        a_month, a_year = self.tr("{0} a month"), self.tr("{0} a year")
        price = (a_year if paid.interval == "year" else a_month).format(paid.amount)
        renewed, ends = self.tr("{0}, renewed on {1}"), self.tr("{0}, until {1}")
        trial = self.tr("A trial until {1}, then {0}")
        return (ends if not paid.renews else trial if paid.trial else renewed).format(price, day)

    def _on_changed(self, subject: str) -> None:
        if subject in SUBJECTS and self.isVisible():
            self.read()


def _open(address: str) -> None:
    QDesktopServices.openUrl(QUrl(address))
