"""The clouds whose models can be used with a key: none unless the user wants to."""

from collections.abc import Awaitable, Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from marketer_desktop.services.providers import (
    CheckProvider,
    ProviderList,
    ProviderState,
    RemoveProviderKey,
    SetProviderKey,
)
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.settings.key_sheet import KeySheet
from marketer_desktop.ui.pages.settings.provider_row import ProviderRow
from marketer_desktop.ui.pages.settings.rows import SettingsCard
from marketer_desktop.ui.widgets.card import EDGE
from marketer_desktop.ui.widgets.label import Label


class ProvidersCard(SettingsCard):
    """Emits `keys_changed` once a key was kept or removed."""

    keys_changed = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Cloud models (optional)"), parent)
        self._context = context
        self.rows: dict[str, ProviderRow] = {}
        self.sheet: KeySheet | None = None

    def show_providers(self, listed: ProviderList) -> None:
        """Show how each cloud stands."""
        self.clear_rows()
        self.rows = {}
        self.add_row(self._lead(listed))
        for state in listed.providers:
            row = ProviderRow(state, keyring=listed.keyring)
            self.rows[state.provider] = row
            self._connect(row, state)
            self.add_row(row)

    def _lead(self, listed: ProviderList) -> QWidget:
        lines = [
            self.tr(
                "Nothing is sent unless you choose a cloud model. If you do, your briefs and the "
                "passages quoted from your documents leave this computer, and the company charges "
                "you for them."
            )
        ]
        if not listed.keyring:
            lines.append(
                self.tr(
                    "This computer has no password store, so keys cannot be kept here yet. Set a "
                    "passphrase under Privacy, or unlock what is kept there: keys are then kept "
                    "in an encrypted file."
                )
            )
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(EDGE, 4, EDGE, 12)
        column.setSpacing(8)
        for line in lines:
            column.addWidget(Label(line, "body", "secondary", wrap=True))
        return box

    def _connect(self, row: ProviderRow, state: ProviderState) -> None:
        row.key_asked.connect(lambda: self._ask(state))
        row.check_asked.connect(lambda: self._start(row, self._checked))
        row.remove_asked.connect(lambda: self._start(row, self._removed))

    def _start(self, row: ProviderRow, work: Callable[[ProviderRow], Awaitable[None]]) -> None:
        async def run() -> None:
            await work(row)

        def on_error(message: str, details: str) -> None:
            row.show_result(message, failed=True)

        self._context.tasks.start(f"settings: {row.state.provider}", run(), on_error)

    def _ask(self, state: ProviderState) -> None:
        sheet = self.sheet = KeySheet(self._context.go.window(), state)
        sheet.given.connect(lambda key: self._give(sheet, state, key))
        sheet.open_sheet()

    def _give(self, sheet: KeySheet, state: ProviderState, key: str) -> None:
        async def keep() -> None:
            await self._context.engine.call(SetProviderKey(provider=state.provider, key=key))
            self.keys_changed.emit()
            sheet.accept()

        def on_error(message: str, details: str) -> None:
            sheet.fail(message)

        task = f"settings: key for {state.provider}"
        sheet.closed.connect(lambda: self._context.tasks.cancel(task))
        self._context.tasks.start(task, keep(), on_error)

    async def _checked(self, row: ProviderRow) -> None:
        row.show_checking()
        found = await self._context.engine.call(CheckProvider(provider=row.state.provider))
        said = self.tr("The key is accepted. It may use {count} models.")
        row.show_result(said.format(count=len(found.models)), failed=False)

    async def _removed(self, row: ProviderRow) -> None:
        await self._context.engine.call(RemoveProviderKey(provider=row.state.provider))
        self.keys_changed.emit()
