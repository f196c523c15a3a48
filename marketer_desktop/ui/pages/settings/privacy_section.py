"""Privacy: what leaves this machine, in plain words."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from marketer_desktop.services.choose_database import ShowDatabaseChoice
from marketer_desktop.services.diagnose import Diagnose
from marketer_desktop.services.lend_model import ShowLending
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.settings.presenter import Privacy, privacy
from marketer_desktop.ui.pages.settings.rows import IconLine
from marketer_desktop.ui.pages.settings.section import Section
from marketer_desktop.ui.widgets.banner import Banner
from marketer_desktop.ui.widgets.card import Card


class PrivacySection(Section):
    """Says what holds for the parts as they are set up."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.banner = Banner("success", "")
        self._card = Card(self.tr("What happens to your texts"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(16)
        self._card.body.addLayout(self._lines)
        self.column.addWidget(self.banner)
        self.column.addWidget(self._card)
        self.banner.hide()
        self._card.hide()

    def read(self) -> None:
        """See where the parts are."""
        self.start_reading(self._look())

    async def _look(self) -> None:
        choice = await self.context.engine.call(ShowDatabaseChoice())
        diagnosis = await self.context.engine.call(Diagnose())
        lending = await self.context.engine.call(ShowLending())
        self.show_privacy(privacy(diagnosis, choice.in_use, lending.server))

    def show_privacy(self, told: Privacy) -> None:
        """Say where texts go."""
        if told.own_texts_leave:
            self.banner.set("warning", self.tr("Some of your texts leave this machine."))
        elif told.lent_to:
            self.banner.set("success", self.tr("None of your texts leaves this machine."))
        else:
            self.banner.set("success", self.tr("Nothing leaves this machine."))
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            assert widget is not None
            widget.hide()
            widget.deleteLater()
        for icon, text in self._said(told):
            self._lines.addWidget(IconLine(icon, text))
        self.banner.show()
        self._card.show()

    def _said(self, told: Privacy) -> list[tuple[str, str]]:
        return [
            self._storage(told),
            self._model(told),
            *self._lent(told),
            (
                "download",
                self.tr(
                    "A model is downloaded only when you press Get. Ollama fetches it from its "
                    "library; your texts are not part of that."
                ),
            ),
            (
                "shield",
                self.tr(
                    "No usage data, no error reports, no search for updates, no account. The log "
                    "files hold none of your texts."
                ),
            ),
        ]

    def _storage(self, told: Privacy) -> tuple[str, str]:
        if told.database_elsewhere:
            said = self.tr("Texts and the words of your documents are stored in {place}.")
            return "database", said.format(place=told.database_elsewhere)
        said = self.tr("Texts, documents and searches stay in {place}.")
        return "hard-drive", said.format(place=told.data_folder)

    def _model(self, told: Privacy) -> tuple[str, str]:
        if told.model_elsewhere:
            said = self.tr(
                "Briefs and passages of your documents are sent to the model at {place}."
            )
            return "server", said.format(place=told.model_elsewhere)
        return "cpu", self.tr("The model that writes runs on this machine.")

    def _lent(self, told: Privacy) -> list[tuple[str, str]]:
        if not told.lent_to:
            return []
        said = self.tr(
            "Your models are lent to {place}: it sends prompts of others in your organization, and "
            "gets the texts that are written for them here, the names of your models, and how "
            "many requests they take at once."
        )
        return [("share-2", said.format(place=told.lent_to))]
