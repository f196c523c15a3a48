"""The page of what may be quoted: take files in, find passages, tag, delete, watch folders."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from marketer_desktop.services.document_library import (
    DeleteDocument,
    DocumentEntry,
    ListDocuments,
    RetryDocument,
    TagDocument,
)
from marketer_desktop.services.documents import IngestDocuments
from marketer_desktop.services.passages import FindPassages, Found, ShowPassage
from marketer_desktop.services.projects import ListProjects
from marketer_desktop.services.watched_folders import (
    ListWatchedFolders,
    UnwatchFolder,
    WatchedFolder,
    WatchFolder,
)
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.documents import wording
from marketer_desktop.ui.pages.documents.document_sheet import DocumentSheet
from marketer_desktop.ui.pages.documents.page_view import DocumentsView
from marketer_desktop.ui.pages.documents.passage_sheet import PassageSheet
from marketer_desktop.ui.pages.documents.presenter import (
    DocumentsPresenter,
    known_already,
    refusals,
)
from marketer_desktop.ui.pages.documents.wording import tr
from marketer_desktop.ui.widgets.menu import MenuItem, menu

SUBJECTS = frozenset({"documents", "organizations", "projects"})
TASK = "documents"
UNDO_SECONDS = 5.5  # the toast stays for five
SEARCH_DELAY_MS = 300


class DocumentsPage(DocumentsView):
    """Reads again when documents change; deletes only after the time to undo it is over."""

    undo_seconds = UNDO_SECONDS

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(DocumentsPresenter(), parent)
        self._context = context
        self._again = False
        self._search_timer = QTimer(self, singleShot=True, interval=SEARCH_DELAY_MS)
        self._connect()

    def shown(self, *, project_id: int | None = None, **arguments: Any) -> None:
        """Read again; `project_id` narrows the list."""
        if project_id is not None:
            self.presenter.project_id = project_id
        self._read()

    def _connect(self) -> None:
        self.add.clicked.connect(self.zone.choose)
        self.empty.action.connect(self.zone.choose)
        self.zone.dropped.connect(self.take_in)
        self.table.activated_row.connect(self._on_activated)
        self.table.menu_asked.connect(self._on_menu)
        self.search.textChanged.connect(lambda text: self._search_timer.start())
        self._search_timer.timeout.connect(self._search)
        self.found.chosen.connect(self._on_found)
        self.project.chosen.connect(self._on_filter)
        self.tag.chosen.connect(self._on_filter)
        self.folders.added.connect(self._on_folder)
        self.folders.removed.connect(self._on_unwatch)
        self._context.engine.changed.connect(self._on_changed)

    def _start(
        self,
        name: str,
        work: Coroutine[Any, Any, None],
        on_error: Callable[[str, str], None] | None = None,
    ) -> bool:
        return self._context.tasks.start(f"{TASK} {name}", work, on_error)

    # Reading the list.

    def _read(self) -> None:
        self._again = not self._start("read", self._load(), self._on_unread)

    async def _load(self) -> None:
        engine, presenter = self._context.engine, self.presenter
        while True:
            self._again = False
            projects = await engine.call(ListProjects())
            presenter.take_projects(projects.projects)
            call = ListDocuments(project_id=presenter.project_id, tag=presenter.tag)
            presenter.take(await engine.call(call), time.monotonic())
            folders = await engine.call(ListWatchedFolders())
            self.show_all(folders.folders)
            if not self._again:
                return

    def _on_unread(self, message: str, details: str) -> None:
        if self.presenter.state == "loading":
            self.show_failure(message, details, self._read)
        else:
            self._context.go.show_error(message, details)

    def _on_changed(self, subject: str) -> None:
        if subject in SUBJECTS and self.isVisible():
            self._read()

    def _on_filter(self, value: object) -> None:
        self.presenter.project_id = self.project.value()
        self.presenter.tag = self.tag.value()
        self._read()
        self._search()

    # Taking in.

    def take_in(self, paths: list[Path]) -> None:
        """Add files and folders to the chosen project."""
        if not paths:
            return
        if not self._start("take in", self._take_in(paths), self._on_not_taken_in):
            self._context.go.toast(tr("Files are being read. Add more when they are done."))

    async def _take_in(self, paths: list[Path]) -> None:
        self.presenter.begin_reading(time.monotonic())
        self.show_reading()
        call = IngestDocuments(paths=paths, project_id=self.presenter.project_id)
        done = await self._context.engine.call(call, self._on_reading)
        self._end_reading()
        known = [Path(result.file).name for result in known_already(done.results)]
        if known:
            self._context.go.toast(wording.known_already(known))
        if refused := refusals(done.results):
            self._context.go.show_error("\n".join(refused))
        self._read()

    def _on_reading(self, event: dict[str, Any]) -> None:
        self.presenter.hear(event)
        self.show_reading()

    def _on_not_taken_in(self, message: str, details: str) -> None:
        self._end_reading()
        self._context.go.show_error(message, details)

    def _end_reading(self) -> None:
        self.presenter.end_reading()
        self.show_reading()

    # Finding.

    def _search(self) -> None:
        query = " ".join(self.search.text().split())
        self._context.tasks.cancel(f"{TASK} find")
        if not query:
            self.show_list()
            return
        # A cancelled task gives its name back in the next round of the loop.
        QTimer.singleShot(0, self, lambda: self._start("find", self._find(query)))

    async def _find(self, query: str) -> None:
        presenter = self.presenter
        call = FindPassages(query=query, project_id=presenter.project_id, tag=presenter.tag)
        found = await self._context.engine.call(call)
        if query == " ".join(self.search.text().split()):
            self.show_found(found.passages, query)

    def _on_found(self, found: Found) -> None:
        self._start("passage", self._show_passage(found))

    async def _show_passage(self, found: Found) -> None:
        call = ShowPassage(document_id=found.document_id, start=found.start, end=found.end)
        passage = await self._context.engine.call(call)
        sheet = PassageSheet(self._context.go.window(), passage, self.search.text())
        if passage.path is not None:
            path = passage.path
            sheet.open_asked.connect(lambda: open_file(path))
        sheet.open_sheet()

    # One document.

    def _on_activated(self, key: object) -> None:
        entry = self.presenter.find(key)
        if entry is not None:
            self.show_document(entry)

    def show_document(self, entry: DocumentEntry) -> DocumentSheet:
        """All that is known of a document."""
        now = datetime.now().astimezone()
        sheet = DocumentSheet(self._context.go.window(), entry, now)
        sheet.tagged.connect(lambda tags: self._start(f"tag {entry.id}", self._tag(entry.id, tags)))
        sheet.open_asked.connect(lambda: open_file(entry.path))
        sheet.retry_asked.connect(lambda: self._retry(entry))
        sheet.delete_asked.connect(lambda: self.delete(entry))
        sheet.open_sheet()
        return sheet

    def _on_menu(self, key: object, place: QPoint) -> None:
        entry = self.presenter.find(key)
        if entry is None:
            return
        settled = entry.status in ("indexed", "error")
        items = [
            MenuItem(tr("Open file"), lambda: open_file(entry.path), "external-link"),
            MenuItem(tr("Tags…"), lambda: self._ask_tags(entry), "tag"),
        ]
        if settled:
            again = tr("Try again") if entry.status == "error" else tr("Read again")
            items.append(MenuItem(again, lambda: self._retry(entry), "refresh-cw"))
        remove = MenuItem(
            tr("Delete"), lambda: self.delete(entry), "trash-2", enabled=settled, danger=True
        )
        made = menu(self, [*items, None, remove])
        made.aboutToHide.connect(made.deleteLater)
        made.popup(place)

    def _ask_tags(self, entry: DocumentEntry) -> None:
        self.show_document(entry).tags.setFocus()

    async def _tag(self, document_id: int, tags: list[str]) -> None:
        await self._context.engine.call(TagDocument(document_id=document_id, tags=tags))

    def _retry(self, entry: DocumentEntry) -> None:
        self._start(f"retry {entry.id}", self._read_again(entry.id))

    async def _read_again(self, document_id: int) -> None:
        await self._context.engine.call(RetryDocument(document_id=document_id))

    def delete(self, entry: DocumentEntry) -> None:
        """Hide it now; delete it when nobody has called it back."""
        self.presenter.let_go(entry.id)
        self.show_list()
        said = tr("Deleted {0}.").format(entry.filename)
        self._context.go.toast(said, tr("Undo"), lambda: self._undo(entry.id))
        self._start(f"delete {entry.id}", self._delete_later(entry.id), self._on_not_deleted)

    def _undo(self, document_id: int) -> None:
        self.presenter.bring_back(document_id)
        self._context.tasks.cancel(f"{TASK} delete {document_id}")
        self.show_list()

    async def _delete_later(self, document_id: int) -> None:
        await asyncio.sleep(self.undo_seconds)
        await self._context.engine.call(DeleteDocument(document_id=document_id))

    def _on_not_deleted(self, message: str, details: str) -> None:
        for number in self.presenter.going:
            self.presenter.bring_back(number)
        self.show_list()
        self._context.go.show_error(message, details)

    # Folders.

    def _on_folder(self, path: Path) -> None:
        call = WatchFolder(path=path, project_id=self.presenter.project_id)
        self._start("watch", self._watch(call))

    async def _watch(self, call: WatchFolder) -> None:
        await self._context.engine.call(call)

    def _on_unwatch(self, folder: WatchedFolder) -> None:
        self._start(f"unwatch {folder.id}", self._unwatch(folder))

    async def _unwatch(self, folder: WatchedFolder) -> None:
        await self._context.engine.call(UnwatchFolder(folder_id=folder.id))
        call = WatchFolder(path=folder.path, project_id=folder.project_id)
        said = tr("{0} is watched no longer. Its documents stay.").format(folder.path.name)

        def undo() -> None:
            self._start("watch", self._watch(call))

        self._context.go.toast(said, tr("Undo"), undo)


def open_file(path: Path) -> None:
    """Open a file with the program that the desktop has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
