"""Tells the bars in which organization one is, with which projects and model."""

from PySide6.QtCore import QObject

from marketer_desktop.services.models import ListModels, ModelList
from marketer_desktop.services.organizations import (
    CreateOrganization,
    ListOrganizations,
    SwitchOrganization,
)
from marketer_desktop.services.profile import ShowProfile
from marketer_desktop.services.projects import ListProjects
from marketer_desktop.ui.app.organization_sheet import OrganizationSheet
from marketer_desktop.ui.app.workspaces import workspaces
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.shell.sidebar import Sidebar
from marketer_desktop.ui.shell.topbar import Topbar

STARTER = "starter"


class Workspace(QObject):
    """Reads again what has changed, and carries out what the bars ask for."""

    def __init__(self, context: PageContext, topbar: Topbar, sidebar: Sidebar) -> None:
        super().__init__()
        self._context, self._topbar, self._sidebar = context, topbar, sidebar
        self._readers = {
            "profile": self._read_person,
            "organizations": self._read_organizations,
            "projects": self._read_projects,
            "models": self._read_model,
        }
        context.engine.changed.connect(self._on_change)
        topbar.project_chosen.connect(self._show_project)
        topbar.organization_chosen.connect(self._switch)
        topbar.new_organization_asked.connect(self._ask_for_organization)

    def read(self) -> None:
        """Read everything."""
        for subject in self._readers:
            self._on_change(subject)

    def _on_change(self, subject: str) -> None:
        reader = self._readers.get(subject)
        if reader is not None:
            self._context.tasks.start(f"bars {subject}", reader())
        if subject == "organizations":
            self._on_change("projects")

    async def _read_person(self) -> None:
        profile = await self._context.engine.call(ShowProfile())
        self._topbar.set_person(profile.name)

    async def _read_organizations(self) -> None:
        listed = (await self._context.engine.call(ListOrganizations())).organizations
        current = next((each.organization_id for each in listed if each.is_current), 0)
        self._topbar.set_organizations(workspaces(listed), current)

    async def _read_projects(self) -> None:
        listed = (await self._context.engine.call(ListProjects())).projects
        self._topbar.set_projects([(each.project_id, each.name) for each in listed], None)

    async def _read_model(self) -> None:
        listed = await self._context.engine.call(ListModels())
        self._sidebar.set_model(self._name(listed), "ready")
        self._topbar.device.set_cloud(next((m.cloud for m in listed.models if m.chosen), ""))

    def _name(self, listed: ModelList) -> str:
        chosen = next((each.name for each in listed.models if each.chosen), STARTER)
        return self.tr("Starter model") if chosen == STARTER else chosen.split(":", 1)[1]

    def _show_project(self, project_id: object) -> None:
        if project_id is None:
            self._context.go.to("projects")
        else:
            self._context.go.to("project", project_id=project_id)

    def _switch(self, organization_id: int) -> None:
        self._context.tasks.start("switch", self._switched(organization_id))

    async def _switched(self, organization_id: int) -> None:
        await self._context.engine.call(SwitchOrganization(organization_id=organization_id))
        self._context.go.to("dashboard")

    def _ask_for_organization(self) -> None:
        sheet = OrganizationSheet(self._context.go.window())
        sheet.named.connect(self._create)
        sheet.open_sheet()

    def _create(self, name: str) -> None:
        self._context.tasks.start("new organization", self._created(name))

    async def _created(self, name: str) -> None:
        made = await self._context.engine.call(CreateOrganization(name=name))
        await self._switched(made.organization_id)
        self._context.go.toast(self.tr("“{name}” is ready.").format(name=made.name))
