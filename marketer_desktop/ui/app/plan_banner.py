"""Says above all pages what is wrong with the plan of the organization, as long as it is."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from marketer_desktop.services.show_plan import PlanSheet, ShowPlan
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.bridge.plan_summary import plan_news
from marketer_desktop.ui.widgets.banner import Banner
from marketer_desktop.ui.widgets.page import side_of, width_class_of
from marketer_desktop.ui.widgets.plan_words import PlanWords

TOP = 16
SETTINGS = "settings"
SUBJECTS = frozenset({"organizations", "sync"})


class PlanBanner(QWidget):
    """Not seen while all is well."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._words = context, PlanWords(self)
        self._is_stale = self._is_urgent = False
        self._page = ""
        self.banner = Banner("warning", "", [(self.tr("See plan"), self._show_plan)])
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.banner)
        self.hide()
        context.engine.changed.connect(self._on_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in line with the pages."""
        super().resizeEvent(event)
        side = side_of(self.width(), width_class_of(self.width()))
        self._column.setContentsMargins(side, TOP, side, 0)

    def read(self) -> None:
        """See how the plan stands; what changes meanwhile is read, too."""
        self._is_stale = True
        self._context.tasks.start("plan banner", self._look(), lambda message, details: None)

    async def _look(self) -> None:
        while self._is_stale:
            self._is_stale = False
            self._show(await self._context.engine.call(ShowPlan()))

    def _show(self, sheet: PlanSheet) -> None:
        news = plan_news(sheet)
        if news is not None and news.urgent:
            self.banner.set(news.tone, self._words.news(news.kind, news.at, news.heard_at))
        self._is_urgent = news is not None and news.urgent
        self._fit()

    def on_page(self, page: str) -> None:
        """Make room for the settings, which say it themselves, at length."""
        self._page = page
        self._fit()

    def _fit(self) -> None:
        self.setVisible(self._is_urgent and self._page != SETTINGS)

    def _show_plan(self) -> None:
        self._context.go.to(SETTINGS, section="billing")

    def _on_changed(self, subject: str) -> None:
        if subject in SUBJECTS:
            self.read()
