"""Whether Marketer starts with the desktop session; the system is asked each time."""

from PySide6.QtWidgets import QWidget

from marketer_desktop.services.autostart import AutostartState, ShowAutostart, SwitchAutostart
from marketer_desktop.services.call import Call
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.settings.rows import SettingRow, SettingsCard
from marketer_desktop.ui.widgets.switch import Switch

TASK = "settings: autostart"


class AutostartCard(SettingsCard):
    """One switch."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._context = context
        self.switch = Switch()
        hint = self.tr("It starts in the tray when you log in, without a window.")
        self.add_row(SettingRow(self.tr("Start with this computer"), hint, self.switch))
        self.switch.clicked.connect(lambda on: self._ask(SwitchAutostart(on=on)))

    def read(self) -> None:
        """See how it stands in the system."""
        self._ask(ShowAutostart())

    def show_state(self, state: AutostartState) -> None:
        """Show what holds, and where it is written."""
        self.switch.setChecked(state.is_on)
        self.switch.setToolTip(state.place)

    def _ask(self, call: Call[AutostartState]) -> None:
        self._context.tasks.start(TASK, self._asked(call), self._on_error)

    async def _asked(self, call: Call[AutostartState]) -> None:
        self.show_state(await self._context.engine.call(call))

    def _on_error(self, message: str, details: str) -> None:
        self.switch.setChecked(not self.switch.isChecked())
        self._context.go.show_error(message, details)
