"""Publishing: the sites and folders of all projects."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from marketer_desktop.services.projects import ListProjects
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.bridge.publishing_targets import PublishingTargets
from marketer_desktop.ui.pages.settings.section import Section
from marketer_desktop.ui.widgets.publishing.targets_card import TargetsCard


class PublishingSection(Section):
    """Each target belongs to a project; its texts go there from the editor."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.card = TargetsCard(with_projects=True)
        self.targets = PublishingTargets(context, self._projects, self.card)
        self.column.addWidget(self.card)
        self.card.hide()

    def read(self) -> None:
        """Read which there are; no site is asked."""
        self.start_reading(self._look())

    async def _look(self) -> None:
        await self.targets.read()
        self.card.show()

    async def _projects(self) -> Sequence[tuple[str, int]]:
        listed = await self.context.engine.call(ListProjects())
        return [(each.name, each.project_id) for each in listed.projects]
