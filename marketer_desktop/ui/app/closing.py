"""What happens when the window is closed: it hides in the tray, or the app ends in order."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from marketer_desktop.ui.app.runs import RunsWatch
from marketer_desktop.ui.shell.tray import Tray
from marketer_desktop.ui.shell.window import MainWindow
from marketer_desktop.ui.shell.window_store import WindowStore
from marketer_desktop.ui.widgets.confirm import confirm


def _tr(text: str) -> str:
    return QCoreApplication.translate("Closing", text)


@dataclass(frozen=True)
class Closing:
    """Decides how the window closes; `end` ends the app."""

    window: MainWindow
    store: WindowStore
    tray: Tray
    runs: RunsWatch
    end: Callable[[], None]

    async def on_close_asked(self) -> None:
        """Hide in the tray where there is one, else quit."""
        if self.tray.is_available:
            self._hide()
        else:
            await self.quit()

    async def quit(self) -> None:
        """End the app; with runs under way only if the user agrees, and then they go on later."""
        under_way = self.runs.under_way
        if under_way:
            self.window.bring_up()
            if not await self._agreed(len(under_way)):
                return
            await self.runs.leave_for_next_start()
        self.end()

    def _hide(self) -> None:
        self.window.hide()
        if not self.store.knows_the_tray:
            self.store.knows_the_tray = True
            self.tray.notify(
                _tr("Still running in the tray."),
                _tr("Click the icon to open the window. Quit is in its menu."),
            )

    async def _agreed(self, count: int) -> bool:
        if count == 1:
            title = _tr("Quit while a run is under way?")
            text = _tr("What is finished is kept. It resumes at the next start.")
        else:
            title = _tr("Quit while {count} runs are under way?").format(count=count)
            text = _tr("What is finished is kept. They resume at the next start.")
        return await confirm(self.window, title, text, _tr("Quit"))
