"""What is done with publishing targets, wherever they are shown: added, tested, removed."""

from collections.abc import Awaitable, Callable, Sequence

from PySide6.QtCore import QObject

from marketer_desktop.services.publishing_targets import (
    AddTarget,
    CheckTarget,
    ListTargets,
    PublishingTarget,
    RemoveTarget,
)
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.widgets.confirm import confirm
from marketer_desktop.ui.widgets.publishing.target_sheet import TargetSheet
from marketer_desktop.ui.widgets.publishing.targets_card import TargetsCard
from marketer_desktop.ui.widgets.publishing.words import said

Projects = Callable[[], Awaitable[Sequence[tuple[str, int]]]]


class PublishingTargets(QObject):
    """Keeps a card up to date; `projects` are those that a target can be added to."""

    def __init__(self, context: PageContext, projects: Projects, card: TargetsCard) -> None:
        super().__init__(card)
        self._context, self._projects, self.card = context, projects, card
        self.sheet: TargetSheet | None = None
        self._project_id: int | None = None
        card.add_asked.connect(lambda: self.ask())
        card.change_asked.connect(self.ask)
        card.check_asked.connect(lambda target: self.check(target.id))
        card.remove_asked.connect(
            lambda target: context.tasks.start("remove target", self._remove(target))
        )

    async def read(self, project_id: int | None = None) -> None:
        """Show those of a project, or of all."""
        self._project_id = project_id
        found = await self._context.engine.call(ListTargets(project_id=project_id))
        shown = [row.target for row in self.card.rows.values()]
        if found.targets != shown or not shown:  # else what tests have said stays
            self.card.show_targets(found.targets)

    def ask(self, known: PublishingTarget | None = None) -> None:
        """Open the sheet for a new one, or for one that is changed."""
        self._context.tasks.start("ask for target", self._ask(known))

    def check(self, target_id: int) -> None:
        """Ask a target whether it takes texts."""
        self._context.tasks.start(f"check target {target_id}", self._check(target_id))

    async def _ask(self, known: PublishingTarget | None) -> None:
        projects = await self._projects()
        sheet = self.sheet = TargetSheet(self._context.go.window(), projects, known)
        sheet.given.connect(lambda call: self._give(sheet, call))
        sheet.open_sheet()

    def _give(self, sheet: TargetSheet, call: AddTarget) -> None:
        async def keep() -> None:
            added = await self._context.engine.call(call)
            sheet.accept()
            await self.read(self._project_id)
            self.check(added.id)

        self._context.tasks.start("keep target", keep(), lambda said, details: sheet.fail(said))

    async def _check(self, target_id: int) -> None:
        row = self.card.rows.get(target_id)
        if row is None:
            return
        row.show_checking()
        try:
            told = await self._context.engine.call(CheckTarget(target_id=target_id))
        except Exception as error:
            row.show_failure(str(error))
            raise
        row = self.card.rows.get(target_id)  # it may have been shown anew
        if row is not None:
            row.show_result(told)

    async def _remove(self, target: PublishingTarget) -> None:
        sure = await confirm(
            self._context.go.window(),
            said("Remove “{0}”?").format(target.name),
            said("What waits for it is not sent. What is published there stays."),
            said("Remove"),
            danger=True,
        )
        if sure:
            await self._context.engine.call(RemoveTarget(target_id=target.id))
            await self.read(self._project_id)
