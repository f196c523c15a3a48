"""The publish sheet in the editor's window: where to, sending, what is in the way."""

from collections.abc import AsyncIterator

import pytest
from pytestqt.qtbot import QtBot

from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.publications import CancelPublication
from marketer_desktop.services.publish import PreviewPublication, Publish
from marketer_desktop.services.publishing_targets import (
    AddTarget,
    ListTargets,
    PublishingTargetList,
)
from marketer_desktop.ui.pages.editor.publish_sheet import PublishSheet
from marketer_desktop.ui.theme.theme import Theme
from marketer_desktop.ui.widgets.publishing.target_sheet import TargetSheet
from tests.factories.editor_window import Opened, Store
from tests.factories.publications import NOON, a_preview, a_publication, a_target
from tests.guards import Problems

REFUSED = "WordPress refused the application password."


@pytest.fixture
async def window(qtbot: QtBot, theme: Theme) -> AsyncIterator[Opened]:
    opened = Opened(qtbot, Store(), (1280, 800))
    await opened.open()
    answers = opened.fake.engine.answers
    answers[ListTargets] = PublishingTargetList(targets=[a_target()])
    answers[PreviewPublication] = a_preview()
    answers[Publish] = a_publication()
    yield opened
    await opened.close()


async def opened_sheet(window: Opened, *, with_preview: bool = True) -> PublishSheet:
    window.page.head.publish.click()
    await window.until(lambda: window.main.findChildren(PublishSheet))
    (sheet,) = window.main.findChildren(PublishSheet)
    await window.until(lambda: sheet.isVisible())
    if with_preview:
        await window.until(lambda: sheet.form.slug.text() == "coffee")
    return sheet


async def test_a_text_is_published_where_it_was_chosen(window: Opened) -> None:
    sheet = await opened_sheet(window)
    assert sheet.target.currentText() == "Blog · WordPress"
    assert "Coffee brings people together." in sheet.page.toPlainText()
    assert sheet.form.slug.text() == "coffee"
    sheet.send.click()
    await window.until(lambda: sheet.standing.pill.text() == "Published")
    (call,) = window.calls(Publish)
    assert (call.target_id, call.slug, call.image) == (1, "coffee", "assets/cup.png")
    assert call.publish_at is None
    assert sheet.send.text() == "Update the post"
    assert sheet.standing.open.isVisible()
    assert window.fake.go.toasts[-1][0] == "Published at Blog"


async def test_how_far_it_is_is_said(window: Opened) -> None:
    engine = window.fake.engine
    engine.emits[Publish] = [{"kind": "publishing", "step": 2, "of": 3}]
    sheet = await opened_sheet(window)
    engine.held.clear()
    sheet.send.click()
    await window.until(lambda: sheet.standing.line.text() == "Sending, 2 of 3")
    assert sheet.send.is_loading
    engine.held.set()
    await window.until(lambda: not sheet.send.is_loading)


async def test_a_refused_password_offers_to_change_it(window: Opened) -> None:
    answers = window.fake.engine.answers
    answers[Publish] = a_publication(
        state="failed", published_at=None, url=None, cause="password", problem=REFUSED
    )
    answers[AddTarget] = a_target()
    sheet = await opened_sheet(window)
    sheet.send.click()
    await window.until(lambda: sheet.standing.problem.isVisible())
    assert sheet.standing.pill.text() == "Not sent"
    assert sheet.standing.change.isVisible()
    sheet.standing.change.click()
    (target,) = window.main.findChildren(TargetSheet)
    assert target.address.text() == "https://blog.example.com"
    assert target.secret.text() == ""
    target.secret.setText("abcd efgh")
    target.save.click()
    await window.until(lambda: window.calls(AddTarget))
    assert window.calls(AddTarget)[0].secret == "abcd efgh"
    assert "abcd efgh" not in repr(window.calls(AddTarget)[0])


async def test_a_time_is_chosen_and_taken_back(window: Opened) -> None:
    answers = window.fake.engine.answers
    waiting = a_publication(state="waiting", published_at=None, publish_at=NOON, due_at=NOON)
    answers[Publish] = waiting
    answers[CancelPublication] = a_publication(state="cancelled", published_at=None)
    sheet = await opened_sheet(window)
    sheet.form.when.set_value("later")
    sheet.form.when.chosen.emit("later")
    assert sheet.send.text() == "Schedule"
    sheet.send.click()
    assert sheet.form.fields["when"].error == "Choose a day and a time, such as 09:00."
    sheet.form.day.setText("1 Jan 2099")
    sheet.form.clock.setText("08:30")
    sheet.send.click()
    await window.until(lambda: sheet.standing.pill.text() == "Scheduled")
    at = window.calls(Publish)[0].publish_at
    assert f"{at.astimezone():%Y-%m-%d %H:%M}" == "2099-01-01 08:30"
    sheet.standing.cancel.click()
    await window.until(lambda: window.calls(CancelPublication))


async def test_a_wrong_slug_is_said_at_its_field(window: Opened) -> None:
    sheet = await opened_sheet(window)
    sheet.form.slug.setText("Fresh Coffee")
    sheet.send.click()
    assert "Small letters" in sheet.form.fields["slug"].error
    assert window.calls(Publish) == []


async def test_a_text_that_is_not_approved_can_be_saved_as_a_draft(window: Opened) -> None:
    answers = window.fake.engine.answers
    answers[PreviewPublication] = a_preview(why_not="Approve the text first.")
    answers[Publish] = a_publication(state="draft", published_at=None, as_draft=True)
    sheet = await opened_sheet(window)
    assert not sheet.send.isEnabled()
    assert sheet.warning.isVisible()
    sheet.draft.click()
    await window.until(lambda: sheet.standing.pill.text() == "Draft at the site")
    assert window.calls(Publish)[0].as_draft


async def test_what_cannot_be_ordered_is_said_in_the_sheet(
    window: Opened, log_problems: Problems
) -> None:
    window.fake.engine.answers[Publish] = ServiceError("This text is empty. Write it first.")
    sheet = await opened_sheet(window)
    sheet.send.click()
    await window.until(lambda: sheet.standing.problem.isVisible())
    assert not sheet.send.is_loading
    log_problems.records.clear()


async def test_without_a_target_the_way_to_one_is_offered(window: Opened) -> None:
    window.fake.engine.answers[ListTargets] = PublishingTargetList(targets=[])
    sheet = await opened_sheet(window, with_preview=False)
    assert sheet.empty.isVisible()
    assert not sheet.send.isVisible()
    sheet.empty.button.click()
    assert window.main.findChildren(TargetSheet)
    sheet.mark.click()
    await window.until(lambda: window.page.head.status.text() == "Published")
