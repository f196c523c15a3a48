"""Makes each page by its name, on its first visit."""

import asyncio
from collections.abc import Callable
from importlib import import_module

from PySide6.QtWidgets import QWidget

from marketer_desktop.ui.bridge.context import PageContext

PAUSE_SECONDS = 0.1
PAGES = {
    "batch": "BatchPage",
    "calendar": "CalendarPage",
    "dashboard": "DashboardPage",
    "documents": "DocumentsPage",
    "editor": "EditorPage",
    "optimise": "OptimisePage",
    "progress": "ProgressPage",
    "project": "ProjectPage",
    "projects": "ProjectsPage",
    "settings": "SettingsPage",
    "team": "TeamPage",
    "welcome": "WelcomePage",
}


async def load_pages() -> None:
    """Load the modules of all pages, one at a time, so that the window stays awake."""
    for name in PAGES:
        await asyncio.sleep(PAUSE_SECONDS)
        import_module(_module(name))


def _module(name: str) -> str:
    return f"marketer_desktop.ui.pages.{name}.page"


def page_makers(context: PageContext) -> dict[str, Callable[[], QWidget]]:
    """A page is made on its first visit."""

    def maker(name: str) -> Callable[[], QWidget]:
        def make() -> QWidget:
            module = import_module(_module(name))
            page: QWidget = getattr(module, PAGES[name])(context)
            return page

        return make

    return {name: maker(name) for name in PAGES}
