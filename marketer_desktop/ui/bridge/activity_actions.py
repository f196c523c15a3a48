"""What can be done with an activity from any list of them."""

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from marketer_desktop.services.activities import RESUMABLE, ResumeActivity
from marketer_desktop.services.activity_lines import ActivityLine
from marketer_desktop.services.change_status import ArchiveActivity, ChangeStatus
from marketer_desktop.services.planned_outline import OUTLINE_REVIEW
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.widgets.menu import MenuItem, menu

# First it ends, then it can be put away.
UNDER_WAY = frozenset({"generating", OUTLINE_REVIEW, "interrupted"})


class ActivityActions(QObject):
    """Opens, resumes and archives activities, and says so."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._widget = context, parent

    def open(self, activity_id: int) -> None:
        """Show the activity: its progress, or its text."""
        self._context.go.to("activity", activity_id=activity_id)

    def menu(self, line: ActivityLine) -> QMenu:
        """The actions that make sense for it now."""
        number = line.activity_id
        items = [MenuItem(self.tr("Open"), lambda: self.open(number), "file-text")]
        if line.status in RESUMABLE:
            items.append(MenuItem(self.tr("Resume"), lambda: self.resume(number), "play"))
        if line.status not in UNDER_WAY:
            items.append(MenuItem(self.tr("Archive"), lambda: self.archive(number), "archive"))
        return menu(self._widget, items)

    def show_menu(self, line: ActivityLine, place: QPoint) -> None:
        """Open the menu there; it goes away with its last use."""
        made = self.menu(line)
        made.aboutToHide.connect(made.deleteLater)
        made.popup(place)

    def resume(self, activity_id: int) -> None:
        """Take the run up again."""
        self._context.tasks.start(f"resume {activity_id}", self._resume(activity_id))

    def archive(self, activity_id: int) -> None:
        """Put it away, with a way back."""
        self._context.tasks.start(f"archive {activity_id}", self._archive(activity_id))

    async def _resume(self, activity_id: int) -> None:
        await self._context.engine.call(ResumeActivity(activity_id=activity_id, follow=False))
        self._context.go.toast(self.tr("Resumed. It goes on where it stopped."))

    async def _archive(self, activity_id: int) -> None:
        change = await self._context.engine.call(ArchiveActivity(activity_id=activity_id))
        back = ChangeStatus(activity_id=activity_id, status=change.before)  # type: ignore[arg-type]

        def undo() -> None:
            self._context.tasks.start(f"unarchive {activity_id}", self._restore(back))

        self._context.go.toast(self.tr("Archived."), self.tr("Undo"), undo)

    async def _restore(self, back: ChangeStatus) -> None:
        await self._context.engine.call(back)
