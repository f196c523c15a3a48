"""The documents page: states, taking in, finding, tagging, deleting with undo, folders."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.document_library import (
    DeleteDocument,
    DocumentList,
    ListDocuments,
    RetryDocument,
    TagDocument,
)
from marketer_desktop.services.documents import IngestDocuments, IngestResults
from marketer_desktop.services.ingest_document import IngestResult
from marketer_desktop.services.passages import (
    FindPassages,
    FoundPassages,
    ShowPassage,
)
from marketer_desktop.services.watched_folders import (
    UnwatchFolder,
    WatchedFolderList,
    WatchFolder,
)
from marketer_desktop.ui.pages.documents.document_sheet import DocumentSheet
from marketer_desktop.ui.pages.documents.page import DocumentsPage
from marketer_desktop.ui.pages.documents.passage_sheet import PassageSheet
from marketer_desktop.ui.theme.theme import Theme
from marketer_desktop.ui.widgets.cells import PillCell, ProgressCell, TextCell, cell_of
from marketer_desktop.ui.widgets.empty_state import EmptyState
from marketer_desktop.ui.widgets.error_view import ErrorView
from tests.factories.documents_window import (
    FOLDER,
    FOUND,
    GUIDE,
    READING,
    SCAN,
    SCANNED,
    Scene,
)
from tests.guards import Problems


@pytest.fixture
async def scene(qtbot: QtBot) -> AsyncIterator[Scene]:
    made = Scene(qtbot)
    yield made
    await made.window.tasks.close()


def cells(page: DocumentsPage, key: str) -> list[Any]:
    return [cell_of(row[key]) for row in page.table._model.rows]


async def test_each_row_says_how_it_stands(scene: Scene) -> None:
    page = await scene.show()
    assert page.table.isVisible()
    ready, scanned, reading = cells(page, "state")
    assert ready == PillCell("Ready", "success")
    assert scanned == TextCell("Scanned, no text. Add a version with text.", "error_text")
    assert reading == ProgressCell(40, "40%")
    assert cells(page, "size")[0].text == "2.4 MB"
    assert "/home/anna/Brand" in scene.texts()


async def test_columns_give_way_on_narrow_windows(scene: Scene) -> None:
    page = await scene.show()
    hidden = {"wide": set(), "medium": {3, 4}, "narrow": {2, 3, 4, 5}}
    for width_class, columns in hidden.items():
        page.width_class_changed.emit(width_class)
        assert {n for n in range(6) if page.table.isColumnHidden(n)} == columns


async def test_an_empty_page_says_what_may_be_dropped(scene: Scene) -> None:
    scene.answers[ListDocuments] = DocumentList(documents=[], tags=[])
    page = await scene.show()
    assert page.empty.isVisible()
    assert "Drop PDF, Word, Markdown, HTML or text files." in scene.texts()
    assert not page.search.isVisible()


async def test_a_change_is_read_again_while_the_page_is_shown(scene: Scene) -> None:
    await scene.show()
    before = len(scene.calls(ListDocuments))
    scene.window.engine.changed.emit("documents")
    scene.window.engine.changed.emit("models")
    await scene.window.settle()
    assert len(scene.calls(ListDocuments)) == before + 1
    scene.page.hide()
    scene.window.engine.changed.emit("documents")
    await scene.window.settle()
    assert len(scene.calls(ListDocuments)) == before + 1


async def test_changes_during_reading_are_not_lost(scene: Scene) -> None:
    scene.window.engine.held.clear()
    await scene.show()
    for _ in range(3):
        scene.window.engine.changed.emit("documents")
    scene.window.engine.held.set()
    await scene.window.settle()
    assert len(scene.calls(ListDocuments)) == 2


async def test_dropped_files_go_into_the_chosen_project(scene: Scene, tmp_path: Path) -> None:
    file, folder, picture = tmp_path / "a.md", tmp_path / "brand", tmp_path / "a.png"
    file.touch()
    folder.mkdir()
    picture.touch()
    page = await scene.show(project_id=2)
    scene.answers[IngestDocuments] = IngestResults(
        results=[
            IngestResult(file="a.md", status="indexed", document_id=5, duplicate=True),
            IngestResult(file="big.pdf", status="error", error="“big.pdf” is larger than 100 MB."),
        ]
    )
    scene.window.engine.emits[IngestDocuments] = [
        {"kind": "document", "file": "a.md", "stage": "indexing"}
        | {"percent": 50, "number": 1, "count": 2}
    ]
    scene.window.engine.held.clear()
    page.zone.dropEvent(_dropping(file, folder, picture))
    await scene.window.settle()
    assert "Reading a.md, 1 of 2" in scene.texts()
    (call,) = scene.calls(IngestDocuments)
    assert (call.paths, call.project_id) == ([file, folder], 2)
    page.take_in([file])
    assert scene.window.go.toasts[-1][0] == "Files are being read. Add more when they are done."
    scene.window.engine.held.set()
    await scene.window.settle()
    assert "Reading a.md, 1 of 2" not in scene.texts()
    assert scene.window.go.toasts[-1][0] == "a.md was there already."
    assert scene.window.go.errors == [("“big.pdf” is larger than 100 MB.", "")]


def _dropping(*paths: Path) -> QDropEvent:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    _kept.append(data)  # the event does not own it
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    return QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none)


_kept: list[QMimeData] = []


async def test_passages_are_found_with_their_words_marked(scene: Scene, theme: Theme) -> None:
    page = await scene.show()
    await scene.find("roasting")
    assert "1 passage about “roasting”" in scene.texts()
    (row,) = page.found.rows
    assert row.accessibleName() == "guide.pdf, page 4 · Roasting"
    assert f'background-color:{theme.tokens.mark}; color:{theme.tokens.mark_text}">roasted' in (
        row.text.text()
    )
    theme.set_mode("dark")
    assert theme.tokens.mark in row.text.text()
    scene.qtbot.keyClick(row, Qt.Key.Key_Return)
    await scene.window.settle()
    (sheet,) = scene.frame.findChildren(PassageSheet)
    assert sheet.text.plain() == f"… Before it.\n\n{FOUND.text} After it. …"
    call = scene.calls(ShowPassage)[0]
    assert (call.document_id, call.start, call.end) == (1, 10, 60)
    await scene.find("")
    assert page.table.isVisible()


async def test_nothing_found_says_so(scene: Scene) -> None:
    scene.answers[FindPassages] = FoundPassages(passages=[])
    page = await scene.show()
    page.tag.set_value("voice")
    page.tag.chosen.emit("voice")
    await scene.find("  dinosaurs ")
    assert "Nothing about dinosaurs." in scene.texts()
    call = scene.calls(FindPassages)[-1]
    assert (call.query, call.tag) == ("dinosaurs", "voice")
    assert scene.calls(ListDocuments)[-1].tag == "voice"


async def test_an_answer_to_an_older_query_is_not_shown(scene: Scene) -> None:
    page = await scene.show()
    scene.window.engine.held.clear()
    await scene.find("roast")
    scene.type("roasting")
    scene.window.engine.held.set()
    await scene.window.settle()
    assert not page.found.isVisible()


async def test_tags_are_changed_in_the_sheet(scene: Scene) -> None:
    page = await scene.show()
    page.table.activated_row.emit(1)
    (sheet,) = scene.frame.findChildren(DocumentSheet)
    scene.qtbot.keyClicks(sheet.tags.focusProxy(), "brand")
    scene.qtbot.keyClick(sheet.tags.focusProxy(), Qt.Key.Key_Return)
    scene.qtbot.mouseClick(sheet.finish, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    (call,) = scene.calls(TagDocument)
    assert (call.document_id, call.tags) == (1, ["voice", "brand"])


async def test_a_sheet_without_changes_sends_nothing(scene: Scene) -> None:
    page = await scene.show()
    sheet = page.show_document(GUIDE)
    sheet.reject()
    await scene.window.settle()
    assert scene.calls(TagDocument) == []


async def test_a_failed_document_tells_all_and_is_tried_again(scene: Scene) -> None:
    scene.answers[RetryDocument] = IngestResult(file="scan.pdf", status="error", document_id=2)
    page = await scene.show()
    sheet = page.show_document(SCANNED)
    assert SCAN in [label.text() for label in sheet.findChildren(QLabel)]
    scene.qtbot.mouseClick(sheet.retry, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert [call.document_id for call in scene.calls(RetryDocument)] == [2]
    assert not page.show_document(READING).retry.isVisible()


async def test_a_document_that_is_ready_is_read_again(scene: Scene) -> None:
    scene.answers[RetryDocument] = IngestResult(file="guide.pdf", status="indexed", document_id=1)
    page = await scene.show()
    sheet = page.show_document(GUIDE)
    assert sheet.retry.text() == "Read again"
    scene.qtbot.mouseClick(sheet.retry, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert [call.document_id for call in scene.calls(RetryDocument)] == [1]


async def test_a_document_is_deleted_when_the_time_to_undo_is_over(scene: Scene) -> None:
    page = await scene.show()
    page.delete(GUIDE)
    assert scene.names() == ["scan.pdf", "new.docx"]
    text, action, undo = scene.window.go.toasts[-1]
    assert (text, action, undo is not None) == ("Deleted guide.pdf.", "Undo", True)
    assert scene.calls(DeleteDocument) == []
    await asyncio.sleep(0.1)
    assert [call.document_id for call in scene.calls(DeleteDocument)] == [1]


async def test_undo_keeps_the_document(scene: Scene) -> None:
    page = await scene.show()
    page.undo_seconds = 60.0
    page.delete(GUIDE)
    await scene.window.settle()
    undo = scene.window.go.toasts[-1][2]
    assert undo is not None
    undo()
    await asyncio.sleep(0.1)
    assert scene.calls(DeleteDocument) == []
    assert scene.names() == ["guide.pdf", "scan.pdf", "new.docx"]


async def test_a_document_that_could_not_be_deleted_comes_back(
    scene: Scene, log_problems: Problems
) -> None:
    scene.answers[DeleteDocument] = ServiceError("“guide.pdf” is being read.")
    page = await scene.show()
    page.delete(GUIDE)
    await asyncio.sleep(0.1)
    assert scene.names()[0] == "guide.pdf"
    assert scene.window.go.errors[-1][0] == "“guide.pdf” is being read."
    log_problems.records.clear()


async def test_the_menu_fits_the_document(scene: Scene) -> None:
    page = await scene.show()
    offered = {}
    for entry in (GUIDE, SCANNED, READING):
        page.table.menu_asked.emit(entry.id, QPoint(10, 10))
        (menu,) = [m for m in page.findChildren(QMenu) if m.isVisible()]
        offered[entry.id] = [a.text() for a in menu.actions() if a.text() and a.isEnabled()]
        menu.close()
    assert offered == {
        1: ["Open file", "Tags…", "Read again", "Delete"],
        2: ["Open file", "Tags…", "Try again", "Delete"],
        3: ["Open file", "Tags…"],
    }


async def test_folders_are_watched_and_left_with_undo(scene: Scene) -> None:
    scene.answers |= {WatchFolder: FOLDER, UnwatchFolder: WatchedFolderList(folders=[])}
    page = await scene.show(project_id=2)
    page.folders.added.emit(Path("/home/anna/Facts"))
    await scene.window.settle()
    (call,) = scene.calls(WatchFolder)
    assert (call.path, call.project_id) == (Path("/home/anna/Facts"), 2)
    (row,) = page.folders.rows
    assert row.remove.accessibleName() == "Watch /home/anna/Brand no longer"
    scene.qtbot.mouseClick(row.remove, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert [call.folder_id for call in scene.calls(UnwatchFolder)] == [8]
    text, _, undo = scene.window.go.toasts[-1]
    assert text == "Brand is watched no longer. Its documents stay."
    assert undo is not None
    undo()
    await scene.window.settle()
    assert scene.calls(WatchFolder)[-1].path == FOLDER.path


async def test_a_page_that_cannot_be_read_can_be_tried_again(
    scene: Scene, log_problems: Problems
) -> None:
    documents = scene.answers[ListDocuments]
    scene.answers[ListDocuments] = ServiceError("The database is restarting.")
    page = await scene.show()
    (error,) = page.findChildren(ErrorView)
    assert not page.table.isVisible()
    scene.answers[ListDocuments] = documents
    retry = next(b for b in error.findChildren(QPushButton) if b.text() == "Try again")
    scene.qtbot.mouseClick(retry, Qt.MouseButton.LeftButton)
    await scene.window.settle()
    assert page.table.isVisible()
    assert not [e for e in page.findChildren(EmptyState) if e.isVisible()]
    log_problems.records.clear()
