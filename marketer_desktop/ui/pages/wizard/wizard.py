"""Opens the wizard from anywhere in the window."""

from typing import Any

from shiboken6 import isValid

from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.wizard.wizard_sheet import WizardSheet


class Wizard:
    """One at a time: opening it again while it is open does nothing."""

    def __init__(self, context: PageContext) -> None:
        self._context = context
        self.sheet: WizardSheet | None = None

    def open(self, **prefill: Any) -> None:
        """Show the sheet; `type`, `project_id`, `campaign_id`, `topic`, `keywords` fill it."""
        if self.sheet is not None and isValid(self.sheet) and self.sheet.isVisible():
            return
        self.sheet = WizardSheet(self._context, prefill)
        self.sheet.begin()
