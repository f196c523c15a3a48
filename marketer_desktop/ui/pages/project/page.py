"""The page of one project: its campaigns, documents, voice and settings."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.services.projects import ShowProject
from marketer_desktop.services.show_brand_summary import ShowBrandSummary
from marketer_desktop.ui.bridge.activity_actions import ActivityActions
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.project.activities_tab import ActivitiesTab
from marketer_desktop.ui.pages.project.campaign_actions import CampaignActions
from marketer_desktop.ui.pages.project.documents_tab import DocumentsTab
from marketer_desktop.ui.pages.project.links import Links
from marketer_desktop.ui.pages.project.presenter import TABS, ProjectPresenter
from marketer_desktop.ui.pages.project.publishing import Publishing
from marketer_desktop.ui.pages.project.saving import Saving
from marketer_desktop.ui.pages.project.settings_tab import SettingsTab
from marketer_desktop.ui.pages.project.sharing import Sharing
from marketer_desktop.ui.pages.project.voice_tab import VoiceTab
from marketer_desktop.ui.widgets.button import Button, IconButton
from marketer_desktop.ui.widgets.error_view import ErrorView
from marketer_desktop.ui.widgets.page import Page
from marketer_desktop.ui.widgets.segmented import Segmented
from marketer_desktop.ui.widgets.skeleton import Skeleton

SUBJECTS = frozenset({"activities", "documents", "organizations", "projects"})
TASK = "project"
ICON_AIR = 9  # px between the edge of an icon button and its icon


class ProjectPage(Page):
    """Asks about unsaved changes before it shows another tab, and when it is left."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._context, self._presenter = context, ProjectPresenter()
        self._project_id, self._tab, self._again = 0, TABS[0], False
        self._actions = ActivityActions(context, self)
        self._campaigns = CampaignActions(context, self)
        self.activities = ActivitiesTab(self._presenter)
        self.documents, self.voice, self.settings = DocumentsTab(), VoiceTab(), SettingsTab()
        self.links = Links(context, self)
        self.publishing = Publishing(context, self)
        self._sharing = Sharing(context, self.settings, self)
        self._saving = Saving(context, self.voice, self.settings, self)
        self.new = Button(self.tr("New activity"), variant="primary", icon="plus")
        self.save = Button(self.tr("Save"), variant="primary")
        self.discard = Button(self.tr("Discard"), variant="ghost")
        self.tabs = Segmented(
            [
                ("activities", self.tr("Activities")),
                ("documents", self.tr("Documents")),
                ("links", self.tr("Links")),
                ("voice", self.tr("Voice")),
                ("publishing", self.tr("Publishing")),
                ("settings", self.tr("Settings")),
            ]
        )
        self._error: ErrorView | None = None
        self._body, self._skeleton = QWidget(), Skeleton(6)
        self._lay_out()
        self._connect()

    def shown(self, *, project_id: int = 0, tab: str = "", **arguments: Any) -> None:
        """Show a project; without one, the same again."""
        if project_id and project_id != self._project_id:
            self._forget()
            self._project_id = project_id
        if tab in TABS:
            self._tab = tab
        self._show_tab()
        self._read()

    def left(self) -> None:
        """Ask about what is not saved; going on with it leads back here."""
        if self._saving.dirty_tab:
            self._context.tasks.start("leave project", self._leave(self._project_id))

    def _forget(self) -> None:
        self._presenter.forget()
        self.voice.forget()
        self.settings.forget()
        self.activities.search.clear()
        self.set_title("")
        self._tab = TABS[0]
        self._body.hide()
        self._skeleton.show()

    def _lay_out(self) -> None:
        back = IconButton("arrow-left", self.tr("All projects"))
        back.clicked.connect(lambda: self._context.go.to("projects"))
        self.head.insertWidget(0, back)
        self.content.setContentsMargins(ICON_AIR, 0, 0, 0)
        for button in (self.discard, self.save, self.new):
            self.head.addWidget(button)
        self.tabs.setAccessibleName(self.tr("Parts of the project"))
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(16)
        body.addWidget(self.tabs)
        for tab in self._tabs().values():
            body.addWidget(tab)
        self.content.addWidget(self._skeleton)
        self.content.addWidget(self._body)
        self.content.addStretch(1)
        self._body.hide()
        self._show_tab()

    def _pad(self) -> None:
        """Begin further left: the arrow, not its button, is in line with what is below."""
        super()._pad()
        margins = self._column.contentsMargins()
        margins.setLeft(margins.left() - ICON_AIR)
        self._column.setContentsMargins(margins)

    def _tabs(self) -> dict[str, QWidget]:
        parts = (
            self.activities,
            self.documents,
            self.links.tab,
            self.voice,
            self.publishing.card,
            self.settings,
        )
        return dict(zip(TABS, parts, strict=True))

    def _connect(self) -> None:
        context = self._context
        self.new.clicked.connect(lambda: self._new_activity())
        self.save.clicked.connect(lambda: self._save())
        self.discard.clicked.connect(lambda: self._saving.discard())
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._save)
        self.tabs.chosen.connect(self._on_tab)
        self.activities.new_campaign.connect(lambda: self._campaigns.ask_new(self._project_id))
        self.activities.add.connect(self._new_activity)
        self.activities.edit.connect(self._on_edit)
        self.activities.archive.connect(self._campaigns.archive)
        self.activities.download.connect(self._on_download)
        self.activities.opened.connect(self._actions.open)
        self.activities.menu_asked.connect(self._on_menu)
        self.documents.documents_asked.connect(
            lambda: context.go.to("documents", project_id=self._project_id)
        )
        self.voice.changed.connect(self._show_buttons)
        self.settings.changed.connect(self._show_buttons)
        self.settings.archive_asked.connect(
            lambda away: self._saving.archive(self._project_id, archived=away)
        )
        self.width_class_changed.connect(self._on_width)
        context.engine.changed.connect(self._on_changed)
        context.engine.run_events.connect(self._on_run_events)

    def _new_activity(self, campaign_id: int | None = None) -> None:
        prefill = {"project_id": self._project_id, "campaign_id": campaign_id}
        self._context.go.new_activity(**{k: v for k, v in prefill.items() if v is not None})

    def _read(self) -> None:
        self._again = not self._context.tasks.start(TASK, self._load(), self._on_error)

    async def _load(self) -> None:
        while True:
            self._again = False
            asked = self._project_id
            project = await self._context.engine.call(ShowProject(project_id=asked))
            if asked == self._project_id:
                self._presenter.take(project)
                self._show()
                self._read_tab()
            if not self._again:
                return

    def _show(self) -> None:
        project = self._presenter.project
        assert project is not None
        if self._error is not None:
            self._error.deleteLater()
            self._error = None
        now = datetime.now().astimezone()
        self.set_title(project.name)
        self.activities.show_project(now)
        self.documents.show_documents(project.documents, now)
        self.voice.show_project(project)
        self.settings.show_project(project)
        self._skeleton.hide()
        self._body.show()
        self._show_buttons()

    def _show_tab(self) -> None:
        self.tabs.set_value(self._tab)
        for name, tab in self._tabs().items():
            tab.setVisible(name == self._tab)
        self._show_buttons()
        self._read_tab()

    def _read_tab(self) -> None:
        """What is read only where it is looked at."""
        project = self._presenter.project
        if project is None:
            return
        if self._tab == "links":
            self.links.show_project(self._project_id)
        elif self._tab == "publishing":
            self.publishing.show_project(project.name, self._project_id)
        elif self._tab == "settings":
            self._sharing.show_project(project)
        elif self._tab == "voice":
            self._context.tasks.start("brand documents", self._read_brand(self._project_id))

    async def _read_brand(self, project_id: int) -> None:
        call = ShowBrandSummary(project_id=project_id)
        brand = await self._context.engine.call(call)
        if project_id == self._project_id:
            self.voice.brand.show_brand(brand)

    def _show_buttons(self) -> None:
        """One primary button: what the tab is for."""
        is_form = self._tab in ("voice", "settings")
        is_dirty = self._saving.dirty_tab == self._tab
        self.new.setVisible(not is_form)
        self.save.setVisible(is_form)
        self.save.setEnabled(is_dirty and self._saving.can_save)
        self.discard.setVisible(is_form and is_dirty)

    def _save(self) -> None:
        if self._saving.dirty_tab and self._saving.can_save:
            work = self._saving.save(self._project_id)
            self._context.tasks.start("save project", work)

    def _on_tab(self, tab: str) -> None:
        if self._saving.dirty_tab and tab != self._tab:
            self.tabs.set_value(self._tab)
            self._context.tasks.start("change tab", self._change_tab(tab))
        else:
            self._tab = tab
            self._show_tab()

    async def _change_tab(self, tab: str) -> None:
        if await self._saving.may_go(self._project_id):
            self._tab = tab
            self._show_tab()

    async def _leave(self, project_id: int) -> None:
        if not await self._saving.may_go(project_id):
            self._context.go.to("project", project_id=project_id, tab=self._saving.dirty_tab)

    def _on_edit(self, campaign_id: int) -> None:
        campaign = self._presenter.campaign(campaign_id)
        if campaign is not None:
            self._campaigns.ask_change(campaign)

    def _on_download(self, campaign_id: int) -> None:
        campaign = self._presenter.campaign(campaign_id)
        if campaign is not None:
            self._campaigns.ask_download(campaign)

    def _on_menu(self, key: object, place: QPoint) -> None:
        line = self._presenter.line(key)
        if line is not None:
            self._actions.show_menu(line, place)

    def _on_width(self, width_class: str) -> None:
        self.voice.set_wide(width_class == "wide")
        self.documents.set_narrow(width_class == "narrow")

    def _on_changed(self, subject: str) -> None:
        if subject in SUBJECTS and self.isVisible():
            self._read()
        elif subject == "publishing" and self.isVisible():
            self._read_tab()

    def _on_run_events(self, events: list[RunEvent]) -> None:
        changed, stale = self._presenter.apply(events)
        if not self.isVisible():
            return
        if stale:
            self._read()
        elif changed:
            self.activities.show_project(datetime.now().astimezone())

    def _on_error(self, message: str, details: str) -> None:
        if self._presenter.project is not None:
            self._context.go.show_error(message, details)
            return
        if self._error is not None:
            self._error.deleteLater()
        self._error = ErrorView(message, details, on_retry=self._read)
        self.content.insertWidget(0, self._error)
        self._skeleton.hide()
        self._body.hide()
