"""The one way in which the window says that a plan has no room, whatever ran into it."""

from PySide6.QtCore import QObject

from marketer_desktop.services.show_plan import ShowPlan
from marketer_desktop.ui.app.limit_sheet import LimitSheet
from marketer_desktop.ui.bridge.context import PageContext


class LimitPrompt(QObject):
    """Opens a sheet, and none above another."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._sheet: LimitSheet | None = None
        context.engine.limit_reached.connect(self._on_limit)

    def _on_limit(self, message: str) -> None:
        self._context.tasks.start("limit", self._say(message))

    async def _say(self, message: str) -> None:
        plan = await self._context.engine.call(ShowPlan())
        if self._sheet is not None:
            return
        self._sheet = LimitSheet(self._context.go.window(), message, plan)
        self._sheet.plan_asked.connect(self._show_plan)
        self._sheet.closed.connect(self._forget)
        self._sheet.open_sheet()

    def _forget(self) -> None:
        self._sheet = None

    def _show_plan(self) -> None:
        self._context.go.to("settings", section="billing")
