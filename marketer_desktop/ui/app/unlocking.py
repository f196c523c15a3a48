"""Asks for the passphrase of kept keys once the engine is there; nobody has to give it."""

from PySide6.QtCore import QObject

from marketer_desktop.services.kept_secrets import ShowSecrets
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.shell.tray import Tray


class Unlocking(QObject):
    """Where the window is away, the tray says that it is asked for."""

    def __init__(self, context: PageContext, tray: Tray) -> None:
        super().__init__()
        self._context, self._tray = context, tray

    def begin(self) -> None:
        """See whether keys are locked."""
        self._context.tasks.start("unlock", self._look())

    async def _look(self) -> None:
        if not (await self._context.engine.call(ShowSecrets())).locked:
            return
        # Imported here: most people have a keyring.
        from marketer_desktop.ui.pages.settings.passphrase_sheet import (  # noqa: PLC0415
            ask_passphrase,
        )

        ask_passphrase(self._context, "unlock")
        if not self._context.go.window().isVisible():
            self._tray.notify(
                self.tr("Marketer"),
                self.tr("Your keys are locked. Open the window to unlock them."),
            )
