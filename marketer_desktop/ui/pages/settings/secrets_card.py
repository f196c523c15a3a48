"""Where keys and sign-ins are kept on this computer, and the passphrase of their file."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from marketer_desktop.services.kept_secrets import SecretsPlace, ShowSecrets
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.settings.passphrase_sheet import Purpose, ask_passphrase
from marketer_desktop.ui.pages.settings.rows import SettingRow, SettingsCard
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.pill import Pill


class SecretsCard(SettingsCard):
    """Reads itself again when the place has changed."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Keys and sign-ins"), parent)
        self._context = context
        self.pill = Pill("")
        self.head.addWidget(self.pill)
        self.set = self._button(self.tr("Set a passphrase…"), "set", "soft")
        self.unlock = self._button(self.tr("Unlock…"), "unlock", "soft")
        self.change = self._button(self.tr("Change passphrase…"), "change", "secondary")
        self.anew = self._button(self.tr("Start anew…"), "anew", "ghost")
        buttons = QWidget()
        line = QHBoxLayout(buttons)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for button in (self.anew, self.set, self.unlock, self.change):
            line.addWidget(button)
        self.row = SettingRow(self.tr("Kept in"), " ", buttons)
        self.add_row(self.row)
        self.hide()
        context.engine.changed.connect(self._on_changed)

    def read(self) -> None:
        """See where they are."""
        self._context.tasks.start("settings: secrets", self._look())

    def show_place(self, place: SecretsPlace) -> None:
        """Say where they are, and offer what can be done about it."""
        damaged = place.kind == "file" and bool(place.problem) and not place.locked
        is_open = place.kind == "file" and not place.problem
        self.row.set_hint(self._said(place))
        self.pill.set(*self._stands(place))
        self.pill.setVisible(place.kind != "none")
        self.set.setVisible(place.kind == "none")
        self.unlock.setVisible(place.locked)
        self.change.setVisible(is_open)
        self.anew.setVisible(place.locked or damaged)
        self.show()

    async def _look(self) -> None:
        self.show_place(await self._context.engine.call(ShowSecrets()))

    def _on_changed(self, subject: str) -> None:
        if subject == "secrets" and self.isVisible():
            self.read()

    def _button(self, text: str, purpose: Purpose, variant: str) -> Button:
        made = Button(text, variant=variant, size="sm")
        made.clicked.connect(lambda: ask_passphrase(self._context, purpose))
        return made

    def _said(self, place: SecretsPlace) -> str:
        if place.kind == "none":
            return self.tr(
                "This computer has no password store. Set a passphrase, and they are kept in an "
                "encrypted file; without one nothing of them is kept."
            )
        if place.kind == "keyring":
            said = self.tr("The password store of this computer ({name}).")
        else:
            said = self.tr("An encrypted file, since this computer has no password store:\n{name}")
        told = said.format(name=place.name)
        damaged = self.tr("It is damaged: what was in it is lost, your content is not.")
        if place.kind == "file":
            return told if place.locked or not place.problem else f"{told}\n{damaged}"
        return f"{told} {place.problem}".strip()

    def _stands(self, place: SecretsPlace) -> tuple[str, str]:
        if place.locked:
            return self.tr("Locked"), "warning"
        if place.problem:
            return self.tr("Cannot be used"), "error"
        return (self.tr("In use"), "success")
