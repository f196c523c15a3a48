"""Where the palette's entries come from: pages, actions, and what is in the database."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from marketer_desktop.services.activities import ActivitySummary, ListActivities
from marketer_desktop.services.document_library import ListDocuments
from marketer_desktop.services.projects import ListProjects
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.shell.palette_entries import PaletteEntry
from marketer_desktop.ui.theme.theme import Mode, current
from marketer_desktop.ui.widgets.activity_words import LOOKS

MOST_ACTIVITIES = 200


class PaletteSources(QObject):
    """Makes entries; `shortcuts` and `quit_` are the window's."""

    def __init__(
        self,
        context: PageContext,
        shortcuts: Callable[[], None],
        quit_: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._shortcuts, self._quit = context, shortcuts, quit_

    def fixed(self) -> list[PaletteEntry]:
        """Actions and pages: what is there without asking the engine."""
        return [*self._actions(), *self._pages()]

    async def stored(self) -> list[PaletteEntry]:
        """Activities, projects and documents of the current organization."""
        call = self._context.engine.call
        activities = (await call(ListActivities(limit=MOST_ACTIVITIES))).activities
        projects = (await call(ListProjects())).projects
        documents = (await call(ListDocuments())).documents
        return [
            *(self._activity(activity) for activity in activities),
            *(self._project(project.project_id, project.name) for project in projects),
            *(self._document(entry.id, entry.filename) for entry in documents),
        ]

    def _actions(self) -> list[PaletteEntry]:
        group, new = self.tr("Actions"), self._context.go.new_activity
        optimise, batch = self._to("optimise"), self._to("batch")
        return [
            PaletteEntry("new", group, "plus", self.tr("New activity"), new, keys="Ctrl+N"),
            PaletteEntry("optimise", group, "gauge", self.tr("Optimise a text"), optimise),
            PaletteEntry("batch", group, "table", self.tr("Write a batch from a CSV"), batch),
            self._theme("light", "sun", self.tr("Light theme")),
            self._theme("dark", "moon", self.tr("Dark theme")),
            self._theme("system", "monitor", self.tr("System theme")),
            PaletteEntry(
                "shortcuts",
                group,
                "keyboard",
                self.tr("Keyboard shortcuts"),
                self._shortcuts,
                keys="F1",
            ),
            PaletteEntry("quit", group, "power", self.tr("Quit"), self._quit, keys="Ctrl+Q"),
        ]

    def _theme(self, mode: Mode, icon: str, name: str) -> PaletteEntry:
        return PaletteEntry(
            f"theme/{mode}",
            self.tr("Actions"),
            icon,
            name,
            lambda: current().set_mode(mode),
        )

    def _pages(self) -> list[PaletteEntry]:
        pages = (
            ("dashboard", "layout-dashboard", self.tr("Dashboard"), "Ctrl+1"),
            ("projects", "folder", self.tr("Projects"), "Ctrl+2"),
            ("calendar", "calendar-days", self.tr("Calendar"), "Ctrl+3"),
            ("documents", "files", self.tr("Documents"), "Ctrl+4"),
            ("team", "users", self.tr("Team"), "Ctrl+5"),
            ("settings", "settings", self.tr("Settings"), "Ctrl+,"),
        )
        group = self.tr("Go to")
        return [
            PaletteEntry(f"page/{page}", group, icon, name, self._to(page), keys=keys)
            for page, icon, name, keys in pages
        ]

    def _activity(self, activity: ActivitySummary) -> PaletteEntry:
        number = activity.activity_id
        icon, _ = LOOKS.get(activity.type, ("file-text", ""))
        go = self._to("activity", activity_id=number)
        return PaletteEntry(f"activity/{number}", self.tr("Activities"), icon, activity.topic, go)

    def _project(self, number: int, name: str) -> PaletteEntry:
        go = self._to("project", project_id=number)
        return PaletteEntry(f"project/{number}", self.tr("Projects"), "folder", name, go)

    def _document(self, number: int, name: str) -> PaletteEntry:
        go = self._to("documents", document_id=number)
        return PaletteEntry(f"document/{number}", self.tr("Documents"), "file-text", name, go)

    def _to(self, page: str, **arguments: Any) -> Callable[[], None]:
        return lambda: self._context.go.to(page, **arguments)
