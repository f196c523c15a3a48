"""The page of all projects: a table, the archive, new ones and new names."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from marketer_desktop.services.projects import (
    ArchiveProject,
    CreateProject,
    ListProjects,
    ProjectSummary,
    UpdateProject,
)
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.projects.name_sheet import NameSheet
from marketer_desktop.ui.pages.projects.presenter import ProjectsPresenter
from marketer_desktop.ui.pages.projects.projects_table import ProjectsTable
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.empty_state import EmptyState
from marketer_desktop.ui.widgets.error_view import ErrorView
from marketer_desktop.ui.widgets.menu import MenuItem, menu
from marketer_desktop.ui.widgets.page import Page
from marketer_desktop.ui.widgets.skeleton import Skeleton
from marketer_desktop.ui.widgets.switch import Switch

SUBJECTS = frozenset({"activities", "documents", "organizations", "projects"})
TASK = "projects"
EDGE = 8


class ProjectsPage(Page):
    """A row leads to its project; its menu renames and archives it."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("Projects"))
        self._context, self._presenter = context, ProjectsPresenter()
        self._again = False
        self.archived = Switch(self.tr("Archived"))
        self.table = ProjectsTable()
        self._card, self._skeleton = Card(), Skeleton(3)
        self._empty = EmptyState(
            "folder",
            self.tr("No projects yet"),
            self.tr("Projects keep voice and documents together."),
            self.tr("New project"),
        )
        self._error: ErrorView | None = None
        self._lay_out()
        self._connect()

    def shown(self, *, new: bool = False, **arguments: Any) -> None:
        """Read again; `new` asks for the name of a new project at once."""
        self._read()
        if new:
            self.ask_new()

    def ask_new(self) -> None:
        """Ask for the name of a new project."""
        sheet = NameSheet(
            self._context.go.window(),
            self.tr("New project"),
            self.tr("Create project"),
            self._presenter.problem,
            with_description=True,
        )
        sheet.named.connect(
            lambda name, about: self._start("create project", self._create(name, about))
        )
        sheet.open_sheet()

    def ask_name(self, project: ProjectSummary) -> None:
        """Ask for another name."""
        number = project.project_id
        sheet = NameSheet(
            self._context.go.window(),
            self.tr("Rename project"),
            self.tr("Rename"),
            lambda name: self._presenter.problem(name, number),
            name=project.name,
        )
        sheet.named.connect(
            lambda name, about: self._start("rename project", self._rename(number, name))
        )
        sheet.open_sheet()

    def _lay_out(self) -> None:
        self.head.addWidget(self.archived)
        self.archived.hide()  # until there is an archive
        self.head.addSpacing(12)
        new = Button(self.tr("New project"), variant="primary", icon="plus")
        new.clicked.connect(lambda: self.ask_new())
        self.set_primary(new)
        self._card.body.setContentsMargins(0, EDGE, 0, EDGE)
        self._card.body.addWidget(self._skeleton)
        self._card.body.addWidget(self.table)
        self._card.body.addWidget(self._empty)
        self.content.addWidget(self._card)
        self.content.addStretch(1)
        self._show_part(self._skeleton)

    def _connect(self) -> None:
        self.archived.toggled.connect(self._on_archived)
        self.table.activated_row.connect(lambda key: self._open(key))
        self.table.menu_asked.connect(self._on_menu)
        self._empty.action.connect(self.ask_new)
        self.width_class_changed.connect(self.table.set_width_class)
        self._context.engine.changed.connect(self._on_changed)

    def _open(self, project_id: object) -> None:
        self._context.go.to("project", project_id=project_id)

    def _start(self, name: str, work: Any) -> None:
        self._context.tasks.start(name, work)

    def _read(self) -> None:
        self._again = not self._context.tasks.start(TASK, self._load(), self._on_error)

    async def _load(self) -> None:
        while True:
            self._again = False
            found = await self._context.engine.call(ListProjects(archived=True))
            self._presenter.take(found.projects)
            self._show()
            if not self._again:
                return

    def _show(self) -> None:
        if self._error is not None:
            self._error.deleteLater()
            self._error = None
        self._card.show()
        self.archived.setVisible(self._presenter.archive_size > 0)
        self.table.show_projects(self._presenter.shown, datetime.now().astimezone())
        self._show_part(self.table if self._presenter.state == "filled" else self._empty)

    def _show_part(self, part: QWidget) -> None:
        for each in (self._skeleton, self.table, self._empty):
            each.setVisible(each is part)

    async def _create(self, name: str, description: str) -> None:
        call = CreateProject(name=name, description=description)
        made = await self._context.engine.call(call)
        self._open(made.project_id)

    async def _rename(self, project_id: int, name: str) -> None:
        await self._context.engine.call(UpdateProject(project_id=project_id, name=name))

    async def _archive(self, project_id: int, archived: bool) -> None:
        """Put it away or take it out, with the way back."""
        call = ArchiveProject(project_id=project_id, archived=archived)
        done = await self._context.engine.call(call)
        said = self.tr("Archived {0}.") if archived else self.tr("{0} is back.")

        def undo() -> None:
            self._start("unarchive project", self._quietly_archive(project_id, not archived))

        self._context.go.toast(said.format(done.name), self.tr("Undo"), undo)

    async def _quietly_archive(self, project_id: int, archived: bool) -> None:
        await self._context.engine.call(ArchiveProject(project_id=project_id, archived=archived))

    def _on_archived(self, checked: bool) -> None:
        self._presenter.archived = checked
        self._show()

    def _on_menu(self, key: object, place: QPoint) -> None:
        project = self._presenter.find(key)
        if project is None:
            return
        number, away = project.project_id, project.is_archived
        put = self.tr("Take out of the archive") if away else self.tr("Archive")
        items = [
            MenuItem(self.tr("Open"), lambda: self._open(number), "folder-open"),
            MenuItem(self.tr("Rename…"), lambda: self.ask_name(project), "pencil"),
            MenuItem(
                put,
                lambda: self._start("archive project", self._archive(number, not away)),
                "archive-restore" if away else "archive",
            ),
        ]
        made = menu(self, items)
        made.aboutToHide.connect(made.deleteLater)
        made.popup(place)

    def _on_changed(self, subject: str) -> None:
        if subject in SUBJECTS and self.isVisible():
            self._read()

    def _on_error(self, message: str, details: str) -> None:
        if self._presenter.state != "loading":
            self._context.go.show_error(message, details)
            return
        if self._error is not None:
            self._error.deleteLater()
        self._error = ErrorView(message, details, on_retry=self._read)
        self.content.insertWidget(0, self._error)
        self._card.hide()
