"""What is said of where texts go: a headline, and a sentence for each part."""

from PySide6.QtCore import QObject

from marketer_desktop.ui.pages.settings.privacy_presenter import Privacy


class PrivacyWords(QObject):
    """Only of what is set up: nothing is promised that holds in another mode."""

    def headline(self, told: Privacy) -> tuple[str, str]:
        """The tone, and the sentence."""
        if told.own_texts_leave:
            return "warning", self.tr("Some of your texts leave this machine.")
        if told.servers:
            return "success", self.tr("Of your texts, only shared projects leave this machine.")
        if told.lent_to:
            return "success", self.tr("None of your texts leaves this machine.")
        return "success", self.tr("Nothing leaves this machine.")

    def said(self, told: Privacy) -> list[tuple[str, str]]:
        """An icon and a sentence for each part."""
        return [
            self._storage(told),
            self._model(told),
            *self._clouds(told),
            *self._servers(told),
            *self._lent(told),
            (
                "download",
                self.tr(
                    "A model is downloaded only when you press Get. Ollama fetches it from its "
                    "library; your texts are not part of that."
                ),
            ),
            ("shield", self._never(told)),
        ]

    def _storage(self, told: Privacy) -> tuple[str, str]:
        if told.database_elsewhere:
            said = self.tr("Texts and the words of your documents are stored in {place}.")
            return "database", said.format(place=told.database_elsewhere)
        stays = self.tr("Texts, documents and searches stay in {place}.")
        kept = self.tr("Texts, documents and searches are kept in {place}.")
        return "hard-drive", (kept if told.servers else stays).format(place=told.data_folder)

    def _model(self, told: Privacy) -> tuple[str, str]:
        if told.model_elsewhere:
            said = self.tr(
                "Briefs and passages of your documents are sent to the model at {place}."
            )
            return "server", said.format(place=told.model_elsewhere)
        return "cpu", self.tr("The model that writes runs on this machine.")

    def _clouds(self, told: Privacy) -> list[tuple[str, str]]:
        if not told.clouds or told.model_elsewhere:
            return []
        said = self.tr(
            "There are keys of {names}. A brief and the passages for it go there only if you "
            "choose one of their models."
        )
        return [("cloud", said.format(names=", ".join(told.clouds)))]

    def _servers(self, told: Privacy) -> list[tuple[str, str]]:
        if not told.servers:
            return []
        account = self.tr(
            "You are signed in to {names}. Of the organizations there go up: their names and "
            "settings, changes of members, which notifications you have read, and how many tokens "
            "which model took. Your address is part of every sign-in."
        )
        shared = self.tr(
            "Of a project that you share with the team go up, too: its name and voice, its "
            "campaigns, briefs and texts with their earlier versions. Documents, other projects, "
            "and organizations that you made on this computer stay here."
        )
        return [
            ("users", account.format(names=", ".join(told.servers))),
            ("refresh-cw", shared),
        ]

    def _lent(self, told: Privacy) -> list[tuple[str, str]]:
        if not told.lent_to:
            return []
        said = self.tr(
            "Your models are lent to {place}: it sends prompts of others in your organization, and "
            "gets the texts that are written for them here, the names of your models, and how "
            "many requests they take at once."
        )
        return [("share-2", said.format(place=told.lent_to))]

    def _never(self, told: Privacy) -> str:
        if told.servers:
            return self.tr(
                "No error reports, and no search for updates. The log files hold none of your "
                "texts."
            )
        return self.tr(
            "No usage data, no error reports, no search for updates, no account. The log files "
            "hold none of your texts."
        )
