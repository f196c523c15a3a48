"""The tab of the sites and folders that a project's texts go to."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.bridge.publishing_targets import PublishingTargets
from marketer_desktop.ui.widgets.publishing.targets_card import TargetsCard


class Publishing(QObject):
    """Follows one project at a time."""

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.card = TargetsCard(with_projects=False)
        self.targets = PublishingTargets(context, self._project, self.card)
        self._shown: tuple[str, int] = ("", 0)

    def show_project(self, name: str, project_id: int) -> None:
        """Read the targets of a project."""
        self._shown = (name, project_id)
        self._context.tasks.start("project targets", self.targets.read(project_id))

    async def _project(self) -> Sequence[tuple[str, int]]:
        return [self._shown]
