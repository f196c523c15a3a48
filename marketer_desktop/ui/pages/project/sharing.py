"""Shares a project with the team, and takes that back."""

from PySide6.QtCore import QObject

from marketer_desktop.services.organizations import ListOrganizations, OrganizationEntry
from marketer_desktop.services.projects import ProjectDetails, UpdateProject
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.bridge.server_host import host_of
from marketer_desktop.ui.pages.project.settings_tab import SettingsTab

TASK = "share project"


class Sharing(QObject):
    """Only what belongs to a server's organization can be shared."""

    def __init__(self, context: PageContext, tab: SettingsTab, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._tab = context, tab
        self._project: ProjectDetails | None = None
        tab.sharing.asked.connect(self._ask)

    def show_project(self, project: ProjectDetails) -> None:
        """Read whose organization it is in, and show how it is shared."""
        self._project = project
        self._context.tasks.start("team of project", self._read())

    async def _read(self) -> None:
        listed = (await self._context.engine.call(ListOrganizations())).organizations
        self._show(next((each for each in listed if each.is_current), None))

    def _show(self, organization: OrganizationEntry | None) -> None:
        if self._project is None or organization is None or organization.account is None:
            self._tab.set_team("")
            self._tab.sharing.hide()
            return
        self._tab.set_team(organization.name)
        host = host_of(organization.account.server)
        shared = self._project.share_with_team
        self._tab.sharing.show_team(organization.name, host, shared=shared)

    def _ask(self, share: bool) -> None:
        if self._project is not None:
            work = self._share(self._project.project_id, share)
            self._context.tasks.start(TASK, work, self._on_error)

    async def _share(self, project_id: int, share: bool) -> None:
        call = UpdateProject(project_id=project_id, share_with_team=share)
        await self._context.engine.call(call)
        said = (
            self.tr("Shared. It is sent with the next sync.")
            if share
            else self.tr(
                "It stays here. It goes from the other computers at their next sync, and the "
                "server keeps it, unseen."
            )
        )
        self._context.go.toast(said, self.tr("Undo"), lambda: self._undo(project_id, share))

    def _undo(self, project_id: int, share: bool) -> None:
        self._context.tasks.start(TASK, self._share(project_id, not share), self._on_error)

    def _on_error(self, message: str, details: str) -> None:
        self._context.go.show_error(message, details)
        self._context.tasks.start("team of project", self._read())  # show what holds
