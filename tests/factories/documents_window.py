"""The documents page in a window, with what its engine answers."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.services.document_library import (
    DeletedDocument,
    DeleteDocument,
    DocumentEntry,
    DocumentList,
    ListDocuments,
    TagDocument,
)
from marketer_desktop.services.passages import (
    FindPassages,
    Found,
    FoundPassages,
    ShownPassage,
    ShowPassage,
)
from marketer_desktop.services.projects import ListProjects, ProjectList, ProjectSummary
from marketer_desktop.services.watched_folders import (
    ListWatchedFolders,
    WatchedFolder,
    WatchedFolderList,
)
from marketer_desktop.ui.pages.documents.page import DocumentsPage
from tests.fakes.fake_bridge import FakeWindow

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SCAN = "The PDF holds no text, only pictures of pages. Make it searchable."


def document(number: int, **values: Any) -> DocumentEntry:
    known = {
        "id": number,
        "filename": f"{number}.pdf",
        "project_id": 1,
        "project": "Spring",
        "type": "pdf",
        "size": 2_400_000,
        "status": "indexed",
        "percent": None,
        "error": None,
        "tags": [],
        "chunk_count": 24,
        "pages": 6,
        "created_at": NOW,
        "path": Path("copy.pdf"),
    }
    return DocumentEntry.model_validate(known | values)


def project(number: int, name: str) -> ProjectSummary:
    return ProjectSummary(
        project_id=number,
        name=name,
        is_archived=False,
        campaigns=[],
        activity_count=0,
        published_count=0,
        document_count=0,
        updated_at=NOW,
    )


GUIDE = document(1, filename="guide.pdf", tags=["voice"])
SCANNED = document(2, filename="scan.pdf", status="error", error=SCAN, type=None)
READING = document(3, filename="new.docx", status="processing", percent=40)
FOLDER = WatchedFolder(
    id=8, path=Path("/home/anna/Brand"), project_id=1, project="Spring", file_count=3, error=None
)
FOUND = Found(
    document_id=1,
    filename="guide.pdf",
    page=4,
    heading="Roasting",
    start=10,
    end=60,
    text="The beans are roasted on Tuesday.",
    score=0.5,
)
SHOWN = ShownPassage(
    document_id=1,
    filename="guide.pdf",
    page=4,
    heading="Roasting",
    before="Before it.\n\n",
    text=FOUND.text,
    after=" After it.",
    path=Path("copy.pdf"),
)


class Scene:
    """The page in a window, with an engine that answers as told."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.frame = QWidget()
        qtbot.addWidget(self.frame)
        self.frame.resize(1064, 748)
        self.window = FakeWindow(
            {
                ListProjects: ProjectList(projects=[project(1, "Spring"), project(2, "Autumn")]),
                ListDocuments: DocumentList(documents=[GUIDE, SCANNED, READING], tags=["voice"]),
                ListWatchedFolders: WatchedFolderList(folders=[FOLDER]),
                FindPassages: FoundPassages(passages=[FOUND]),
                ShowPassage: SHOWN,
                TagDocument: GUIDE,
                DeleteDocument: DeletedDocument(id=1, filename="guide.pdf"),
            },
            self.frame,
        )
        self.answers = self.window.engine.answers
        self.page = DocumentsPage(self.window.context)
        self.page.undo_seconds = 0.05
        layout = QVBoxLayout(self.frame)
        layout.addWidget(self.page)
        self.frame.show()

    async def show(self, **arguments: Any) -> DocumentsPage:
        self.page.shown(**arguments)
        await self.window.settle()
        return self.page

    def type(self, query: str) -> None:
        """Write into the field; nothing is looked for by itself, perhaps after the test."""
        self.page.search.setText(query)
        self.page._search_timer.stop()

    async def find(self, query: str) -> None:
        self.type(query)
        self.page._search()
        await self.window.settle()

    def names(self) -> list[str]:
        return [entry.filename for entry in self.page.presenter.documents]

    def texts(self) -> list[str]:
        return [label.text() for label in self.page.findChildren(QLabel) if label.isVisible()]

    def calls(self, kind: Any) -> list[Any]:
        return self.window.engine.of(kind)
