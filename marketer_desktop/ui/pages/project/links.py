"""Reads, imports and clears the pages that texts of a project may link to."""

from collections.abc import Coroutine
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from marketer_desktop.services.site_pages import (
    ClearSitePages,
    ImportSitemap,
    ListSitePages,
    SiteImport,
)
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.project.links_presenter import MOST_READ, LinksPresenter
from marketer_desktop.ui.pages.project.links_tab import LinksTab
from marketer_desktop.ui.widgets.confirm import confirm

TASK = "links"


class Links(QObject):
    """Follows one project at a time."""

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self.presenter = context, LinksPresenter()
        self.tab = LinksTab(self.presenter)
        self._project_id, self._again = 0, False
        self.tab.chosen.connect(self.take_in)
        self.tab.several.connect(
            lambda: context.go.toast(self.tr("Choose one file: it replaces what is there."))
        )
        self.tab.clear_asked.connect(lambda: self._start("clear", self._clear()))

    def show_project(self, project_id: int) -> None:
        """Read the pages of a project."""
        if project_id != self._project_id:
            self._project_id = project_id
            self.presenter.forget()
            self.tab.search.clear()
            self._show()
        self._again = not self._start("read", self._read())

    def take_in(self, path: Path) -> None:
        """Read a file in the place of what was there."""
        self._start("import", self._import(path))

    def _start(self, name: str, work: Coroutine[Any, Any, None]) -> bool:
        return self._context.tasks.start(f"{TASK} {name}", work)

    async def _read(self) -> None:
        while True:
            self._again = False
            asked = self._project_id
            call = ListSitePages(project_id=asked, limit=MOST_READ)
            listed = await self._context.engine.call(call)
            if asked == self._project_id:
                self.presenter.take(listed)
                self._show()
            if not self._again:
                return

    async def _import(self, path: Path) -> None:
        asked = self._project_id
        self.tab.set_importing(True)
        try:
            call = ImportSitemap(project_id=asked, path=path)
            result = await self._context.engine.call(call)
        finally:
            self.tab.set_importing(False)
        if asked == self._project_id:
            self.presenter.imported(result)
            self.show_project(asked)
        self._context.go.toast(self._said(result))

    async def _clear(self) -> None:
        sure = await confirm(
            self._context.go.window(),
            self.tr("Remove {0} pages?").format(f"{self.presenter.count:,}"),
            self.tr("New texts then have no internal links. Texts that exist stay as they are."),
            self.tr("Remove"),
            danger=True,
        )
        if sure:
            asked = self._project_id
            await self._context.engine.call(ClearSitePages(project_id=asked))
            self.presenter.last = None
            self.show_project(asked)

    def _said(self, result: SiteImport) -> str:
        said = self.tr("Imported {0} pages.").format(f"{result.count:,}")
        if result.truncated:
            said += " " + self.tr("The file has more: the first ones were taken.")
        if result.skipped:
            left_out = self.tr("{0} entries were no web pages and were left out.")
            said += " " + left_out.format(f"{result.skipped:,}")
        return said

    def _show(self) -> None:
        self.tab.show_pages(datetime.now().astimezone())
