"""Keeps the tray in step with what is lent, and carries out what is asked there."""

from PySide6.QtCore import QObject, QTimer

from marketer_desktop.services.lend_model import PauseLending, ShowLending
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.shell.tray import Tray

PATIENCE_MS = 1000  # a busy agent tells of every request; it is read at most so often
TASK = "tray: lending"


class TrayLending(QObject):
    """Reads how it stands when something about it has changed."""

    def __init__(self, context: PageContext, tray: Tray) -> None:
        super().__init__()
        self._context, self._tray = context, tray
        self._again = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._again.timeout.connect(self.read)
        context.engine.changed.connect(self._on_change)
        tray.lending_pause_asked.connect(self._pause)

    def read(self) -> None:
        """Read it now."""
        self._context.tasks.start(TASK, self._read())

    async def _read(self) -> None:
        self._tray.set_lending(await self._context.engine.call(ShowLending()))

    def _on_change(self, subject: str) -> None:
        if subject == "lending" and not self._again.isActive():
            self._again.start()

    def _pause(self, paused: bool) -> None:
        self._context.tasks.start("pause lending", self._set_paused(paused), self._on_error)

    async def _set_paused(self, paused: bool) -> None:
        call = PauseLending(action="pause" if paused else "go_on")
        self._tray.set_lending(await self._context.engine.call(call))

    def _on_error(self, message: str, details: str) -> None:
        self._context.go.show_error(message, details)
        self.read()  # show what holds
