"""What is done with a whole text: its status, files of it, publishing, writing it anew."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from marketer_desktop.domain.activity_status import may_become
from marketer_desktop.publishing.formats import Format
from marketer_desktop.services.activities import ResumeActivity
from marketer_desktop.services.change_status import (
    ArchiveActivity,
    ChangeStatus,
    StatusChange,
)
from marketer_desktop.services.export_content import ExportContent
from marketer_desktop.services.regenerate import RegenerateActivity
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.bridge.downloads import ask_for_place, tell_of_download
from marketer_desktop.ui.pages.editor.open_text import OpenText
from marketer_desktop.ui.pages.editor.publishing import Publishing
from marketer_desktop.ui.pages.editor.wording import said, status_name


class TextCommands(QObject):
    """Acts on the text that `current` gives, and tells what was done."""

    def __init__(
        self, context: PageContext, current: Callable[[], OpenText | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._current = context, current

    def change_status(self, status: str) -> None:
        """Give the text another status."""
        text = self._current()
        if text is not None:
            self._context.tasks.start("change status", self._change_status(text, status))

    def archive(self) -> None:
        """Put the text away, with a way to undo it, and leave."""
        text = self._current()
        if text is not None:
            self._context.tasks.start("archive text", self._archive(text))

    def publish(self) -> None:
        """Ask where to and when, and have the text sent."""
        text = self._current()
        if text is None:
            return
        Publishing(self._context, text, lambda: self.change_status("published"), self).open()

    def download(self, form: str) -> None:
        """Ask for a place, and write the text there."""
        text = self._current()
        if text is None:
            return
        name = text.state.file_name(Format(form).extension)
        ask_for_place(self._context.go.window(), name, lambda path: self.write_file(form, path))

    def write_file(self, form: str, path: Path) -> None:
        """Write the text as it stands."""
        text = self._current()
        if text is not None:
            self._context.tasks.start("download text", self._write_file(text, form, path))

    def regenerate_all(self) -> None:
        """Have the whole text written anew."""
        text = self._current()
        if text is not None:
            self._context.tasks.start("regenerate text", self._regenerate(text))

    def resume(self) -> None:
        """Go on with a run that was cut off."""
        text = self._current()
        if text is not None:
            self._context.tasks.start("resume run", self._resume(text))

    async def _change_status(self, text: OpenText, status: str) -> None:
        change = ChangeStatus.model_validate(
            {"activity_id": text.state.activity_id, "status": status}
        )
        told: StatusChange = await self._context.engine.call(change)
        text.state.status = told.status
        text.status_changed.emit()
        words = said("Now: {0}").format(status_name(told.status))
        if may_become(told.status, told.before):
            self._context.go.toast(words, said("Undo"), lambda: self.change_status(told.before))
        else:
            self._context.go.toast(words)

    async def _archive(self, text: OpenText) -> None:
        if not await text.saver.flush():
            return
        told: StatusChange = await self._context.engine.call(
            ArchiveActivity(activity_id=text.state.activity_id)
        )
        self._context.go.back()
        self._context.go.toast(said("Archived."), said("Undo"), lambda: self._take_out(told))

    def _take_out(self, archived: StatusChange) -> None:
        undo = ChangeStatus.model_validate(
            {"activity_id": archived.activity_id, "status": archived.before}
        )

        async def take_out() -> None:
            await self._context.engine.call(undo)

        self._context.tasks.start("take out of the archive", take_out())

    async def _write_file(self, text: OpenText, form: str, path: Path) -> None:
        if not await text.saver.flush():
            return
        call = ExportContent.model_validate(
            {"activity_id": text.state.activity_id, "format": form, "path": path}
        )
        told = await self._context.engine.call(call)
        tell_of_download(self._context.go, told.path)

    async def _regenerate(self, text: OpenText) -> None:
        if not await text.saver.flush():
            return
        activity_id = text.state.activity_id
        await self._context.engine.call(RegenerateActivity(activity_id=activity_id))
        self._context.go.to("activity", activity_id=activity_id)

    async def _resume(self, text: OpenText) -> None:
        if not await text.saver.flush():
            return
        activity_id = text.state.activity_id
        await self._context.engine.call(ResumeActivity(activity_id=activity_id, follow=False))
        self._context.go.to("activity", activity_id=activity_id)
