"""What of a project is not saved yet: saving it, dropping it, asking about it."""

from PySide6.QtCore import QObject

from marketer_desktop.services.projects import ArchiveProject, UpdateProject
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.project.settings_tab import SettingsTab
from marketer_desktop.ui.pages.project.unsaved_sheet import UnsavedSheet
from marketer_desktop.ui.pages.project.voice_tab import VoiceTab


class Saving(QObject):
    """Only one tab at a time has changes: another one is shown only after they are settled."""

    def __init__(
        self, context: PageContext, voice: VoiceTab, settings: SettingsTab, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._voice, self._settings = context, voice, settings

    @property
    def dirty_tab(self) -> str:
        """The tab with changes, or nothing."""
        if self._voice.is_dirty:
            return "voice"
        return "settings" if self._settings.is_dirty else ""

    @property
    def can_save(self) -> bool:
        """Whether what is typed may be kept."""
        if self.dirty_tab == "voice":
            return self._voice.voice() is not None
        return self._settings.can_save

    def discard(self) -> None:
        """Go back to what is stored."""
        self._voice.discard()
        self._settings.discard()

    async def save(self, project_id: int) -> None:
        """Keep the changes, and say so. Raises `ServiceError` and its like."""
        values = {} if self.dirty_tab == "voice" else self._settings.changes()
        call = UpdateProject(project_id=project_id, **values)
        if self.dirty_tab == "voice":
            call.brand_voice = self._voice.voice()
        await self._context.engine.call(call)
        if call.brand_voice is not None:
            self._voice.presenter.stored = call.brand_voice
            self._voice.discard()
        self._context.go.toast(self.tr("Saved."))

    async def may_go(self, project_id: int) -> bool:
        """Ask whether to save or to drop; False if editing goes on."""
        sheet = UnsavedSheet(self._context.go.window(), can_save=self.can_save)
        answer = await sheet.ask()
        if answer == "save":
            await self.save(project_id)
        elif answer == "discard":
            self.discard()
        return answer != "stay"

    def archive(self, project_id: int, *, archived: bool) -> None:
        """Put the project away or take it out, with the way back."""
        self._context.tasks.start("archive project", self._archive(project_id, archived))

    async def _archive(self, project_id: int, archived: bool) -> None:
        call = ArchiveProject(project_id=project_id, archived=archived)
        done = await self._context.engine.call(call)
        back = ArchiveProject(project_id=project_id, archived=not archived)
        said = self.tr("Archived {0}.") if archived else self.tr("{0} is back.")

        def undo() -> None:
            self._context.tasks.start("unarchive project", self._quietly(back))

        self._context.go.toast(said.format(done.name), self.tr("Undo"), undo)

    async def _quietly(self, call: ArchiveProject) -> None:
        await self._context.engine.call(call)
