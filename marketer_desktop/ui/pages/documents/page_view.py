"""What the documents page looks like."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.services.folder_contents import SUFFIXES
from marketer_desktop.services.passages import Found
from marketer_desktop.services.watched_folders import WatchedFolder
from marketer_desktop.ui.pages.documents import wording
from marketer_desktop.ui.pages.documents.documents_table import DocumentsTable
from marketer_desktop.ui.pages.documents.folders_card import FoldersCard
from marketer_desktop.ui.pages.documents.found_list import FoundList
from marketer_desktop.ui.pages.documents.presenter import DocumentsPresenter
from marketer_desktop.ui.pages.documents.wording import tr
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.drop_zone import DropZone
from marketer_desktop.ui.widgets.empty_state import EmptyState
from marketer_desktop.ui.widgets.error_view import ErrorView
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.page import Page
from marketer_desktop.ui.widgets.progress_bar import ProgressBar
from marketer_desktop.ui.widgets.select import Select
from marketer_desktop.ui.widgets.skeleton import Skeleton
from marketer_desktop.ui.widgets.text_input import SearchInput

EDGE = 20
FILTER_WIDTH = {"wide": 180, "medium": 150, "narrow": 132}


class DocumentsView(Page):
    """A drop zone, a card with search and table, and the watched folders."""

    def __init__(self, presenter: DocumentsPresenter, parent: QWidget | None = None) -> None:
        super().__init__(tr("Documents"), parent)
        self.presenter = presenter
        self.add = Button(tr("Add documents"), variant="primary", icon="plus")
        self.zone = DropZone(
            tr("Drop files or a folder here, or press to choose"), sorted(SUFFIXES), folders=True
        )
        self.search = SearchInput(tr("Find passages in your documents"))
        self.project, self.tag = Select(), Select()
        self.table, self.found = DocumentsTable(), FoundList()
        self.empty = EmptyState(
            "files",
            tr("No documents yet"),
            tr("Drop PDF, Word, Markdown, HTML or text files."),
            tr("Add documents"),
        )
        self.folders = FoldersCard()
        self._reading, self._bar = Label("", "secondary", "secondary", elide=True), ProgressBar()
        self._skeleton = Skeleton(4)
        self._failure: ErrorView | None = None
        self._nothing = _Nothing()
        self._lay_out()

    def _lay_out(self) -> None:
        self.set_primary(self.add)
        self._head = self._toolbar()
        self._card = Card()
        self._card.body.setContentsMargins(0, 16, 0, 0)
        self._card.body.setSpacing(16)
        self._card.body.addWidget(self._head)
        for part in self._parts():
            self._card.body.addWidget(part)
        self.content.addWidget(self.zone)
        self.content.addWidget(self._progress())
        self.content.addWidget(self._card)
        self.content.addWidget(self.folders)
        self.content.addStretch(1)
        self._show_part(self._skeleton)
        self.show_reading()
        self.width_class_changed.connect(self._on_width_class)
        self._on_width_class(self.width_class())
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.search.setFocus)

    def _toolbar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(EDGE, 0, EDGE, 0)
        row.setSpacing(8)
        self.search.setAccessibleName(tr("Find passages in your documents"))
        self.project.setAccessibleName(tr("Project"))
        self.tag.setAccessibleName(tr("Tag"))
        row.addWidget(self.search, 1)
        row.addWidget(self.project)
        row.addWidget(self.tag)
        return bar

    def _progress(self) -> QWidget:
        self._progress_line = QWidget()
        column = QVBoxLayout(self._progress_line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._reading)
        column.addWidget(self._bar)
        return self._progress_line

    def _parts(self) -> tuple[QWidget, ...]:
        return self._skeleton, self.table, self.found, self.empty, self._nothing

    def _show_part(self, shown: QWidget) -> None:
        for part in self._parts():
            part.setVisible(part is shown)
        is_list = shown in (self.table, self.found)
        self._card.body.setContentsMargins(0, 16, 0, 0 if is_list else EDGE)

    def show_all(self, folders: Sequence[WatchedFolder]) -> None:
        """Show what the presenter knows, and the folders."""
        if self._failure is not None:
            self._failure.deleteLater()
            self._failure = None
            self._card.show()
        self._fill(self.project, tr("All projects"), self._projects(), self.presenter.project_id)
        tags = [(tag, tag) for tag in self.presenter.tags]
        self._fill(self.tag, tr("All tags"), tags, self.presenter.tag)
        self.project.setVisible(len(self.presenter.projects) > 1)
        self.tag.setVisible(bool(tags))
        self.folders.show_folders(folders)
        self._head.setVisible(self.presenter.state != "empty" or bool(self.search.text()))
        if not self.search.text().strip():
            self.show_list()

    def show_list(self) -> None:
        """Show the documents, or that there are none."""
        presenter = self.presenter
        if presenter.state == "loading":
            self._show_part(self._skeleton)
        elif presenter.state == "empty":
            self._show_part(self.empty)
        elif presenter.state == "filtered_out":
            self._nothing.say(tr("No documents here"), tr("Choose another project or tag."))
            self._show_part(self._nothing)
        else:
            now = _now()
            self.table.show_documents(
                presenter.documents,
                lambda entry: presenter.eta(entry, now),
                datetime.now().astimezone(),
                one_project=presenter.project_id is not None or len(presenter.projects) < 2,
            )
            self._show_part(self.table)

    def show_found(self, passages: Sequence[Found], query: str) -> None:
        """Show passages, or that nothing is about the query."""
        if passages:
            self.found.show_found(passages, query)
            self._show_part(self.found)
            return
        hint = tr("Try other words, or add a document about it.")
        self._nothing.say(tr("Nothing about {0}.").format(query), hint)
        self._show_part(self._nothing)

    def show_reading(self) -> None:
        """Show how far the files are that were added."""
        reading = self.presenter.reading
        self._progress_line.setVisible(reading is not None)
        if reading is not None:
            self._reading.setText(wording.reading(reading, self.presenter.reading_eta(_now())))
            self._bar.set(reading.percent_of_all)

    def show_failure(self, message: str, details: str, on_retry: Callable[[], None]) -> None:
        """Say that nothing could be read."""
        if self._failure is not None:
            self._failure.deleteLater()
        self._failure = ErrorView(message, details, on_retry=on_retry)
        self.content.insertWidget(1, self._failure)
        self._card.hide()

    def _projects(self) -> list[tuple[str, int]]:
        return [(project.name, project.project_id) for project in self.presenter.projects]

    def _fill(
        self, select: Select, everything: str, options: Sequence[tuple[str, object]], chosen: object
    ) -> None:
        select.clear()
        select.add(everything, None)
        for name, value in options:
            select.add(name, value)
        select.set_value(chosen)

    def _on_width_class(self, width_class: str) -> None:
        self.table.set_width_class(width_class)
        for select in (self.project, self.tag):
            select.setFixedWidth(FILTER_WIDTH[width_class])


def _now() -> float:
    return time.monotonic()


class _Nothing(QWidget):
    """An empty state whose words change."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._state: EmptyState | None = None

    def say(self, title: str, sentence: str) -> None:
        if self._state is not None:
            self._state.hide()
            self._state.deleteLater()
        self._state = EmptyState("file-search", title, sentence)
        self._column.addWidget(self._state)
