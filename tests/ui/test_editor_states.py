"""Status, revisions, publishing and the states of the editor page."""

from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from marketer_desktop.domain.checks.check import Check
from marketer_desktop.services.add_asset import AddAsset
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.change_status import ChangeStatus
from marketer_desktop.services.content import OpenContent
from marketer_desktop.services.revisions import (
    DiffRevisions,
    RestoreRevision,
)
from marketer_desktop.ui.pages.editor.image_intake import ImageSheet
from marketer_desktop.ui.theme.theme import Theme
from marketer_desktop.ui.widgets.label import Label
from tests.factories.documents import PNG
from tests.factories.editor_window import TWICE, Opened, Store
from tests.factories.reports import LONG_SENTENCES
from tests.guards import Problems


@pytest.fixture
async def window(qtbot: QtBot, theme: Theme) -> AsyncIterator[Opened]:
    opened = Opened(qtbot, Store(), (1280, 800))
    await opened.open()
    yield opened
    await opened.close()


async def test_a_status_is_changed_and_undone(window: Opened) -> None:
    window.page.head.status.status_asked.emit("in_review")
    await window.until(lambda: window.page.head.status.text() == "In review")
    window.page.head.status.status_asked.emit("draft")
    await window.until(lambda: window.page.head.status.text() == "Draft")
    text, action, undo = window.fake.go.toasts[-1]
    assert (text, action) == ("Now: Draft", "Undo")
    assert undo is not None
    undo()
    await window.until(lambda: window.page.head.status.text() == "In review")


async def test_archiving_leaves_and_can_be_undone(window: Opened) -> None:
    window.page.head.status.archive_asked.emit()
    await window.until(lambda: window.fake.go.toasts)
    assert window.fake.go.went == [("back", {})]
    text, _, undo = window.fake.go.toasts[0]
    assert text == "Archived."
    assert undo is not None
    undo()
    await window.until(lambda: window.calls(ChangeStatus))
    assert window.calls(ChangeStatus)[0].status == "completed"


async def test_revisions_are_compared_and_restored(window: Opened) -> None:
    panel = window.page.panel.revisions
    QTest.keyClick(window.page, Qt.Key.Key_H, CTRL_SHIFT)
    await window.until(lambda: panel.list.model().rowCount() == 2)
    assert window.page.panel.isVisible()
    panel.list.activated_row.emit(1)
    panel.against.chosen.emit("now")
    panel.against.set_value("now")
    panel.against.chosen.emit("now")
    await window.until(lambda: panel.text.toPlainText() == "OldNew text")
    assert window.calls(DiffRevisions)[-1].a == 1
    assert "1 change" in panel.summary.text()
    cursor = QTextCursor(panel.text.document())
    cursor.setPosition(1)
    assert cursor.charFormat().fontStrikeOut()
    cursor.setPosition(5)
    assert cursor.charFormat().fontUnderline()
    panel.restore.click()
    await window.until(lambda: window.calls(RestoreRevision))
    assert window.calls(RestoreRevision)[0].number == 1
    await window.until(lambda: window.page.text is not None)


CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


async def test_tabs_and_panel_have_keys(window: Opened) -> None:
    page = window.page
    for key, view in ((Qt.Key.Key_2, page.panel.seo), (Qt.Key.Key_4, page.panel.analytics)):
        QTest.keyClick(page, key, CTRL_SHIFT)
        assert view.isVisible()
    QTest.keyClick(page, Qt.Key.Key_Backslash, Qt.KeyboardModifier.ControlModifier)
    assert not page.panel.isVisible()
    QTest.keyClick(page, Qt.Key.Key_Backslash, Qt.KeyboardModifier.ControlModifier)
    assert page.panel.analytics.isVisible()
    QTest.keyClick(page, Qt.Key.Key_1, CTRL_SHIFT)
    assert not page.panel.isVisible()
    QTest.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.column.find_bar.isVisible()


async def test_a_pasted_image_is_described_kept_and_put_in(window: Opened) -> None:
    window.editor.image_added.emit(PNG)
    await window.until(lambda: window.main.findChildren(ImageSheet))
    (sheet,) = window.main.findChildren(ImageSheet)
    QTest.keyClicks(sheet.alt, "A cup")
    QTest.keyClick(sheet.alt, Qt.Key.Key_Return)
    await window.until(lambda: "![A cup](assets/cup.png)" in window.editor.markdown())
    assert window.calls(AddAsset)[0].base64


@pytest.mark.parametrize(
    ("width", "panel", "side"), [(1280, 416, 200), (900, 344, 48), (700, None, 48)]
)
async def test_the_panel_fits_the_window(
    qtbot: QtBot, theme: Theme, width: int, panel: int | None, side: int
) -> None:
    opened = Opened(qtbot, Store(), (width, 800))
    opened.main.setMinimumSize(0, 0)
    await opened.open()
    opened.page.show_tab("seo")
    await opened.fake.settle()
    assert opened.page.side.width() == side
    if panel is None:
        assert opened.page.panel.y() >= opened.page.column.geometry().bottom()
        assert opened.page.panel.width() == opened.page.column.width()
    else:
        assert opened.page.panel.width() == panel
        assert opened.page.panel.x() >= opened.page.column.geometry().right()
    await opened.close()


async def test_failing_checks_are_named_above_the_text(qtbot: QtBot, theme: Theme) -> None:
    opened = Opened(qtbot, Store(status="needs_attention"), (1280, 800))
    await opened.open()
    notices = opened.page.column.notices
    assert notices.text == f"1 check needs attention. {TWICE}"
    notices.chosen.emit("show")
    assert opened.page.panel.seo.isVisible()
    assert notices.text == ""
    opened.store.checks = [
        *opened.store.checks,
        Check(id="word_count", hard=True, passed=False, message="Too short."),
    ]
    opened.page.show_tab("content")
    opened.type("x")
    named = "2 checks need attention: repetition, length."
    await opened.until(lambda: notices.text == named)
    opened.store.checks = opened.store.checks[:1]
    opened.page.show_tab("content")
    assert notices.text
    opened.type("x")
    await opened.until(lambda: notices.text == "")
    await opened.close()


async def test_what_no_search_engine_finds_has_no_preview(qtbot: QtBot, theme: Theme) -> None:
    opened = Opened(qtbot, Store(type="linkedin"), (1280, 800))
    await opened.open()
    opened.page.show_tab("seo")
    seo = opened.page.panel.seo.view
    assert seo.keyphrase.isVisible()
    assert not seo.search.isVisible()
    assert not seo.gauges.seo.isVisible()
    assert seo.gauges.readability.rating.text() == "Fair"
    assert seo.verdict.texts() == [TWICE, LONG_SENTENCES]
    await opened.close()


async def test_a_run_that_failed_leaves_its_text_and_can_go_on(qtbot: QtBot, theme: Theme) -> None:
    opened = Opened(qtbot, Store(status="failed", error="The model stopped"), (1280, 800))
    await opened.open()
    said = "The last run did not finish: The model stopped. The text is as it was."
    assert opened.page.column.notices.text == said
    await opened.close()


async def test_a_text_that_cannot_be_read_says_so_and_is_tried_again(
    qtbot: QtBot, theme: Theme, log_problems: Problems
) -> None:
    opened = Opened(qtbot, Store(), (1280, 800))
    opened.fake.engine.answers[OpenContent] = ServiceError("The database is restarting.")
    opened.page.shown(activity_id=7)
    await opened.until(lambda: "restarting" in _texts(opened))
    log_problems.records.clear()
    assert not opened.page.head.publish.isEnabled()
    opened.fake.engine.answers[OpenContent] = lambda call: opened.store.content
    opened.page.shown(activity_id=7)
    await opened.until(lambda: opened.page.text is not None)
    assert opened.editor.isVisible()
    await opened.close()


def _texts(opened: Opened) -> str:
    labels = opened.page.column.findChildren(Label)
    return " ".join(label.text() for label in labels if label.isVisible())


async def test_a_text_under_way_is_left_to_the_progress_page(qtbot: QtBot, theme: Theme) -> None:
    opened = Opened(qtbot, Store(status="generating"), (1280, 800))
    opened.page.shown(activity_id=7)
    await opened.until(lambda: opened.fake.go.went)
    assert opened.fake.go.went == [("activity", {"activity_id": 7})]
    assert opened.page.text is None
    await opened.close()
