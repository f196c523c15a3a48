"""Making, changing and archiving campaigns from a project's page."""

from pathlib import Path

from PySide6.QtCore import QObject

from marketer_desktop.publishing.formats import Format
from marketer_desktop.publishing.names import file_name
from marketer_desktop.services.campaigns import (
    ArchiveCampaign,
    CampaignFields,
    CreateCampaign,
    UpdateCampaign,
)
from marketer_desktop.services.export_campaign import ExportCampaign
from marketer_desktop.services.projects import CampaignDetails
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.bridge.downloads import ask_for_place, tell_of_download
from marketer_desktop.ui.pages.project.campaign_form import CampaignForm, form_of
from marketer_desktop.ui.pages.project.campaign_sheet import CampaignSheet


class CampaignActions(QObject):
    """Asks in a sheet, and says what was done."""

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def ask_new(self, project_id: int) -> CampaignSheet:
        """Ask for a new campaign."""
        sheet = self._sheet(
            self.tr("New campaign"), self.tr("Create campaign"), CampaignForm(status="planning")
        )
        sheet.filled.connect(
            lambda fields: self._start("create campaign", self._create(project_id, fields))
        )
        return sheet

    def ask_change(self, campaign: CampaignDetails) -> CampaignSheet:
        """Ask for what shall change."""
        number = campaign.campaign_id
        sheet = self._sheet(self.tr("Edit campaign"), self.tr("Save"), form_of(campaign))
        sheet.filled.connect(
            lambda fields: self._start("change campaign", self._change(number, fields))
        )
        return sheet

    def ask_download(self, campaign: CampaignDetails) -> None:
        """Ask for a place, and write all texts of a campaign there."""
        number = campaign.campaign_id
        name = f"{file_name(campaign.name, number)}{Format.ZIP.extension}"

        def write(path: Path) -> None:
            self._start("download campaign", self._download(number, path))

        ask_for_place(self._context.go.window(), name, write)

    def archive(self, campaign_id: int) -> None:
        """Put it away, with the way back."""
        self._start("archive campaign", self._archive(campaign_id))

    def _sheet(self, title: str, action: str, form: CampaignForm) -> CampaignSheet:
        sheet = CampaignSheet(self._context.go.window(), title, action, form)
        sheet.open_sheet()
        return sheet

    def _start(self, name: str, work: object) -> None:
        self._context.tasks.start(name, work)  # type: ignore[arg-type]

    async def _create(self, project_id: int, fields: CampaignFields) -> None:
        call = CreateCampaign(project_id=project_id, **fields.model_dump())
        await self._context.engine.call(call)

    async def _change(self, campaign_id: int, fields: CampaignFields) -> None:
        call = UpdateCampaign(campaign_id=campaign_id, **fields.model_dump())
        await self._context.engine.call(call)

    async def _download(self, campaign_id: int, path: Path) -> None:
        told = await self._context.engine.call(ExportCampaign(campaign_id=campaign_id, path=path))
        tell_of_download(self._context.go, told.path)

    async def _archive(self, campaign_id: int) -> None:
        done = await self._context.engine.call(ArchiveCampaign(campaign_id=campaign_id))
        back = ArchiveCampaign(campaign_id=campaign_id, archived=False)

        def undo() -> None:
            self._start("unarchive campaign", self._restore(back))

        self._context.go.toast(self.tr("Archived {0}.").format(done.name), self.tr("Undo"), undo)

    async def _restore(self, call: ArchiveCampaign) -> None:
        await self._context.engine.call(call)
