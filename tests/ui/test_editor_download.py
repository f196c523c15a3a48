"""A text is written to a file that the person chooses, or copied as a whole."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from marketer_desktop.services.export_content import ExportContent, Exported
from marketer_desktop.ui.theme.theme import Theme
from tests.factories.editor_window import Opened, Store


@pytest.fixture
async def window(qtbot: QtBot, theme: Theme) -> AsyncIterator[Opened]:
    opened = Opened(qtbot, Store(), (1280, 800))
    await opened.open()
    yield opened
    await opened.close()


@pytest.mark.parametrize(("form", "ending"), [("md", ".md"), ("hugo", ".md"), ("docx", ".docx")])
async def test_it_is_written_where_it_is_wanted(
    window: Opened, tmp_path: Path, form: str, ending: str
) -> None:
    place = tmp_path / f"text{ending}"
    window.fake.engine.answers[ExportContent] = Exported(path=str(place), images=0)
    window.type("Typed just now. ")
    window.page.head.download_asked.emit(form)
    (dialog,) = window.main.findChildren(QFileDialog)
    assert dialog.selectedFiles()[0].endswith(ending)
    dialog.fileSelected.emit(str(place))
    dialog.reject()
    await window.until(lambda: window.calls(ExportContent))
    (call,) = window.calls(ExportContent)
    assert (call.activity_id, call.format, call.path) == (7, form, place)
    assert window.store.saves[-1].markdown.startswith("# Typed just now. ")
    await window.until(lambda: window.fake.go.toasts)
    assert window.fake.go.toasts[-1][0] == f"Downloaded to {place}"


async def test_all_kinds_are_offered(window: Opened) -> None:
    window.page.head.open_downloads()
    (shown,) = window.page.head.findChildren(QMenu)
    offered = {action.text(): action for action in shown.actions() if action.text()}
    assert list(offered) == [
        "Markdown (.md)",
        "Markdown for Hugo (.md)",
        "Web page (.html)",
        "Word (.docx)",
        "PDF (.pdf)",
        "Plain text (.txt)",
        "Everything (.zip)",
        "Copy as rich text",
    ]
    asked: list[str] = []
    window.page.head.download_asked.disconnect()
    window.page.head.download_asked.connect(asked.append)
    for action in list(offered.values())[:-1]:
        action.trigger()
    assert asked == ["md", "hugo", "html", "docx", "pdf", "txt", "zip"]
    shown.close()


async def test_a_whole_text_is_copied_with_and_without_its_looks(window: Opened) -> None:
    window.page.head.copy_asked.emit()
    data = QGuiApplication.clipboard().mimeData()
    heading = window.store.content.markdown.splitlines()[0].removeprefix("# ")
    assert data.text().startswith(f"{heading}\n")
    assert f"<h1>{heading}</h1>" in data.html()
    assert window.fake.go.toasts[-1][0] == "Copied."
