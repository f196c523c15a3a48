"""Privacy: what leaves this machine, in plain words, and what has left it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from marketer_desktop.services.choose_database import ShowDatabaseChoice
from marketer_desktop.services.diagnose import Diagnose
from marketer_desktop.services.lend_model import ShowLending
from marketer_desktop.services.providers import ListProviders
from marketer_desktop.services.server_accounts import ShowAccounts
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.settings.departures_card import DeparturesCard
from marketer_desktop.ui.pages.settings.privacy_presenter import (
    Privacy,
    clouds_of,
    privacy,
    servers_of,
)
from marketer_desktop.ui.pages.settings.privacy_words import PrivacyWords
from marketer_desktop.ui.pages.settings.rows import IconLine
from marketer_desktop.ui.pages.settings.secrets_card import SecretsCard
from marketer_desktop.ui.pages.settings.section import Section
from marketer_desktop.ui.widgets.banner import Banner
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.panel_view import emptied


class PrivacySection(Section):
    """Says what holds for the parts as they are set up."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._words = PrivacyWords(self)
        self.banner = Banner("success", "")
        self._card = Card(self.tr("What happens to your texts"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(16)
        self._card.body.addLayout(self._lines)
        self.departures = DeparturesCard(context)
        self.secrets = SecretsCard(context)
        for part in (self.banner, self._card, self.secrets, self.departures):
            self.column.addWidget(part)
            part.hide()

    def read(self) -> None:
        """See where the parts are."""
        self.start_reading(self._look())
        self.secrets.read()

    async def _look(self) -> None:
        engine = self.context.engine
        choice = await engine.call(ShowDatabaseChoice())
        diagnosis = await engine.call(Diagnose())
        lending = await engine.call(ShowLending())
        servers = servers_of(await engine.call(ShowAccounts()))
        clouds = clouds_of(await engine.call(ListProviders()))
        self.show_privacy(privacy(diagnosis, choice.in_use, lending.server, servers, clouds))
        await self.departures.look()
        self.departures.show()

    def show_privacy(self, told: Privacy) -> None:
        """Say where texts go."""
        self.banner.set(*self._words.headline(told))
        emptied(self._lines)
        for icon, text in self._words.said(told):
            self._lines.addWidget(IconLine(icon, text))
        self.banner.show()
        self._card.show()
