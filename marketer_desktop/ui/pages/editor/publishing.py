"""Does what the publish sheet asks for, and tells it how that goes."""

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject

from marketer_desktop.services.publications import CancelPublication
from marketer_desktop.services.publish import Preview, PreviewPublication
from marketer_desktop.services.publishing_targets import (
    AddTarget,
    ListTargets,
    PublishingTarget,
)
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.editor.open_text import OpenText
from marketer_desktop.ui.pages.editor.publish_presenter import Choices, order
from marketer_desktop.ui.pages.editor.publish_sheet import PublishSheet
from marketer_desktop.ui.pages.editor.wording import said
from marketer_desktop.ui.widgets.publishing.target_sheet import TargetSheet

TASK = "publish text"


class Publishing(QObject):
    """One sheet at a time; what is being sent goes on when it is closed."""

    def __init__(
        self, context: PageContext, text: OpenText, mark: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._text = context, text
        self._is_open = True
        self._told: Preview | None = None
        self.target_sheet: TargetSheet | None = None
        self.sheet = PublishSheet(context.go.window(), text.state)
        self.sheet.mark_asked.connect(mark)
        self.sheet.target_chosen.connect(lambda chosen: self._start(self._preview(chosen)))
        self.sheet.add_asked.connect(lambda: self._ask())
        self.sheet.change_asked.connect(self._ask)
        self.sheet.send_asked.connect(self._on_send)
        self.sheet.cancel_asked.connect(lambda number: self._start(self._cancel(number)))
        self.sheet.closed.connect(self._on_closed)

    def open(self) -> None:
        """Read where to, then show the sheet."""
        self._start(self._read(None, show=True))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._context.tasks.start(TASK, work, self._on_error)

    async def _read(self, chosen: int | None, *, show: bool = False) -> None:
        if not await self._text.saver.flush():
            return
        project = self._text.state.content.project_id
        found = await self._context.engine.call(ListTargets(project_id=project))
        self.sheet.show_targets(found.targets, chosen)
        if show:
            self.sheet.open_sheet()
        if found.targets:
            await self._preview(self.sheet.target.value())

    async def _preview(self, target_id: int) -> None:
        call = PreviewPublication(activity_id=self._text.state.activity_id, target_id=target_id)
        told = await self._context.engine.call(call)
        if self._is_open:
            self.sheet.show_preview(told)
            self._told = told

    def _on_send(self, chosen: Choices, as_draft: bool) -> None:
        self._start(self._send(chosen, as_draft))

    async def _send(self, chosen: Choices, as_draft: bool) -> None:
        assert self._told is not None  # before it is read, nothing can be sent
        self.sheet.show_sending(1, 1)
        call = order(self._text.state.activity_id, chosen, self._told, as_draft=as_draft)
        told = await self._context.engine.call(call, self._on_step)
        if self._is_open:
            self.sheet.show_standing(told)
            self._told = self._told.model_copy(update={"publication": told})
        if told.state == "published":
            self._context.go.toast(said("Published at {0}").format(told.target))

    def _on_step(self, event: dict[str, Any]) -> None:
        if self._is_open and event["kind"] == "publishing":
            self.sheet.show_sending(event["step"], event["of"])

    async def _cancel(self, publication_id: int) -> None:
        await self._context.engine.call(CancelPublication(publication_id=publication_id))
        await self._preview(self.sheet.target.value())

    def _ask(self, known: PublishingTarget | None = None) -> None:
        content = self._text.state.content
        projects = [(content.project, content.project_id)]
        sheet = self.target_sheet = TargetSheet(self._context.go.window(), projects, known)
        sheet.given.connect(lambda call: self._give(sheet, call))
        sheet.open_sheet()

    def _give(self, sheet: TargetSheet, call: AddTarget) -> None:
        async def keep() -> None:
            added = await self._context.engine.call(call)
            sheet.accept()
            await self._read(added.id)

        self._context.tasks.start("keep target", keep(), lambda said, details: sheet.fail(said))

    def _on_error(self, message: str, details: str) -> None:
        if self._is_open and self.sheet.isVisible():
            self.sheet.show_failure(message)
        else:
            self._context.go.show_error(message, details)

    def _on_closed(self) -> None:
        self._is_open = False
        self.sheet.deleteLater()
        self.deleteLater()
