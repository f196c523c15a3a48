"""A text is written to a file that the person chooses, as Markdown or as a page."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
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


@pytest.mark.parametrize(("form", "ending"), [("markdown", ".md"), ("html", ".html")])
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
