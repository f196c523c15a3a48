"""The wizard by keys and clicks: steps, what is wrong, uploads, the run at the end, closing."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.services.brief_suggestions import BriefChoices, SuggestBrief
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.campaigns import CampaignSaved, CreateCampaign
from marketer_desktop.services.document_library import (
    DocumentList,
    ListDocuments,
)
from marketer_desktop.services.documents import IngestDocuments, IngestResults
from marketer_desktop.services.ingest_document import IngestResult
from marketer_desktop.services.projects import (
    CreateProject,
    ListProjects,
    ProjectList,
)
from marketer_desktop.services.start_activity import StartActivity
from marketer_desktop.ui.pages.wizard.wizard_sheet import WizardSheet
from marketer_desktop.ui.widgets.banner import Banner
from marketer_desktop.ui.widgets.error_view import ErrorView
from marketer_desktop.ui.widgets.sheet import Sheet
from tests.factories.projects import project_ref
from tests.factories.wizard_window import (
    CTRL,
    DOCUMENTS,
    PROJECTS,
    SUGGESTION,
    Scene,
    document,
    project,
)
from tests.guards import Problems


@pytest.fixture
async def scene(qtbot: QtBot) -> AsyncIterator[Scene]:
    made = Scene(qtbot)
    yield made
    await made.window.tasks.close()


async def test_a_brief_by_keyboard_from_start_to_end(scene: Scene) -> None:
    sheet = await scene.open()
    assert (sheet.place.project.currentText(), sheet.place.campaign.currentText()) == (
        "Spring",
        "Launch",
    )
    await scene.press(Qt.Key.Key_Return, CTRL)
    scene.qtbot.keyClicks(scene.frame.focusWidget(), "AI in marketing automation")
    assert "26 of 200" in [label.text() for label in sheet.content.findChildren(type(sheet.title))]
    await scene.press(Qt.Key.Key_Tab)
    scene.qtbot.keyClicks(scene.frame.focusWidget(), "marketing automation,AI,")
    scene.qtbot.keyClicks(scene.frame.focusWidget(), "lead scoring")
    await scene.press(Qt.Key.Key_Return, CTRL)
    assert sheet.presenter.step == 2
    await scene.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert sheet.presenter.step == 1
    assert sheet.content.keywords.values() == ["marketing automation", "AI", "lead scoring"]
    await scene.press(Qt.Key.Key_Return, CTRL)
    assert sheet.next.text() == "Generate"
    await scene.press(Qt.Key.Key_Return, CTRL)
    call = scene.sent()
    assert (call.project_id, call.campaign_id, call.topic) == (
        1,
        12,
        "AI in marketing automation",
    )
    assert call.keywords == ["marketing automation", "AI", "lead scoring"]
    assert (call.words, call.document_ids, call.seo_priority) == (600, [6], "medium")
    assert scene.window.go.went == [("activity", {"activity_id": 77})]
    assert not sheet.isVisible()


async def test_every_choice_arrives(scene: Scene) -> None:
    sheet = await scene.open(topic="Roasting at home", keywords=["roast"])
    sheet.go_on()
    email = next(
        b for b in sheet.content.types.findChildren(QAbstractButton) if b.text() == "Email"
    )
    await scene.click(email)
    await scene.click(_button(sheet, "+ CRM"))
    sheet.go_on()
    assert sheet.options.words.value() == 150
    sheet.options.words.setValue(90)
    technical = next(
        b for b in sheet.options.tone.findChildren(QAbstractButton) if b.text() == "Technical"
    )
    technical.click()
    next(
        b for b in sheet.options.priority.findChildren(QAbstractButton) if b.text() == "High"
    ).click()
    boxes = sheet.options.documents.findChildren(QAbstractButton)
    next(b for b in boxes if "brand" in b.text() and b.isVisible()).click()
    await scene.click(sheet.options.only_documents)
    await scene.click(sheet.options.review_outline)
    await scene.click(sheet.next)
    call = scene.sent()
    assert (call.type, call.words, call.tone) == (ContentType.EMAIL, 90, "technical")
    assert (call.keywords, call.document_ids) == (["roast", "CRM"], [5, 6])
    assert call.seo_priority == "high"
    assert (call.only_documents, call.review_outline) == (True, True)


async def test_the_switches_begin_as_they_were_chosen_last(scene: Scene) -> None:
    choices = BriefChoices(project_id=1, only_documents=True, review_outline=True)
    scene.answers[SuggestBrief] = SUGGESTION.model_copy(update={"choices": choices})
    sheet = await scene.open()
    options = sheet.options
    assert (options.only_documents.isChecked(), options.review_outline.isChecked()) == (True, True)
    assert options.only_documents.isEnabled()
    scene.answers[ListDocuments] = DocumentList(documents=[], tags=[])
    sheet.place.project.chosen.emit(2)
    await scene.window.settle()
    assert not options.only_documents.isEnabled()
    assert not options.only_documents.isChecked()
    assert options.only_documents.accessibleDescription() == "Add a document first."


async def test_each_priority_says_what_it_demands(scene: Scene) -> None:
    sheet = await scene.open()
    options = sheet.options
    sheet.presenter.step = 2
    sheet._show_step()
    said = []
    for segment in options.priority.findChildren(QAbstractButton):
        await scene.click(segment)
        said.append(options._priority._hint.text())
    assert [text.split()[-1] for text in said] == ["only.", "more.", "more."]
    assert ["60" in said[1], "75" in said[2]] == [True, True]
    sheet.presenter.set(type=ContentType.LINKEDIN)
    options.refresh()
    assert "no SEO score" in options._priority._hint.text()


def _button(sheet: WizardSheet, text: str) -> QPushButton:
    return next(b for b in sheet.findChildren(QPushButton) if b.text() == text and b.isVisible())


async def test_what_is_missing_is_said_and_goes_as_it_is_typed(scene: Scene) -> None:
    sheet = await scene.open()
    sheet.go_on()
    topic = sheet.content.fields["topic"]
    assert topic.error == ""
    await scene.click(sheet.next)
    assert topic.error == "Enter a topic."
    assert sheet.content.fields["keywords"].error == "Add at least one keyword."
    assert sheet.presenter.step == 1
    scene.qtbot.keyClicks(sheet.content.topic, "Te")
    assert topic.error == "Use at least 3 characters."
    scene.qtbot.keyClicks(sheet.content.topic, "a")
    assert topic.error == ""


async def test_a_field_that_was_left_says_what_is_wrong(scene: Scene) -> None:
    sheet = await scene.open()
    sheet.go_on()
    scene.qtbot.keyClicks(sheet.content.topic, "T")
    assert sheet.content.fields["topic"].error == ""
    await scene.press(Qt.Key.Key_Tab)
    assert sheet.content.fields["topic"].error == "Use at least 3 characters."


async def test_a_campaign_and_a_project_are_made_in_place(scene: Scene) -> None:
    scene.answers[CreateCampaign] = CampaignSaved(campaign_id=13, project_id=1, name="Fair")
    sheet = await scene.open()
    await scene.click(sheet.place.new_campaign.button)
    await scene.click(sheet.place.new_campaign.make)
    assert sheet.place.new_campaign.field.error == "Enter a name."
    scene.qtbot.keyClicks(sheet.place.new_campaign.name, " Fair  ")
    await scene.press(Qt.Key.Key_Return)
    (made,) = scene.window.engine.of(CreateCampaign)
    assert (made.project_id, made.name) == (1, "Fair")
    assert sheet.place.campaign.currentText() == "Fair"
    assert not sheet.place.new_campaign.is_asking
    scene.answers[CreateProject] = project_ref(3, "Winter")
    scene.answers[ListProjects] = ProjectList(
        projects=[*PROJECTS.projects, project(3, "Winter", (31, "General"))]
    )
    await scene.click(sheet.place.new_project.button)
    scene.qtbot.keyClicks(sheet.place.new_project.name, "Winter")
    await scene.click(sheet.place.new_project.make)
    assert sheet.place.project.currentText() == "Winter"
    assert sheet.presenter.values.campaign_id == 31


async def test_a_name_that_is_refused_says_why_and_esc_takes_the_field_back(
    scene: Scene, log_problems: Problems
) -> None:
    scene.answers[CreateProject] = ServiceError("There is a project “Spring” already.")
    sheet = await scene.open()
    await scene.click(sheet.place.new_project.button)
    scene.qtbot.keyClicks(sheet.place.new_project.name, "Spring")
    await scene.click(sheet.place.new_project.make)
    assert "already" in sheet.place.new_project.field.error
    assert not sheet.place.new_project.make.is_loading
    scene.qtbot.keyClick(sheet.place.new_project.name, Qt.Key.Key_Escape)
    assert not sheet.place.new_project.is_asking
    assert sheet.isVisible()
    log_problems.records.clear()


async def test_another_project_has_other_documents(scene: Scene) -> None:
    sheet = await scene.open()
    sheet.place.project.set_value(2)
    sheet.place.project.chosen.emit(2)
    await scene.window.settle()
    assert scene.window.engine.of(ListDocuments)[-1].project_id == 2
    assert sheet.presenter.values.campaign_id is None
    assert not sheet.place.campaign.isVisible()


async def test_dropped_files_are_read_in_place_and_ticked(scene: Scene) -> None:
    sheet = await scene.open(topic="Roasting", keywords=["roast"])
    sheet.go_on()
    sheet.go_on()
    engine = scene.window.engine
    engine.emits[IngestDocuments] = [
        {"kind": "document", "file": "guide.pdf", "stage": "indexing"}
        | {"percent": 50, "number": 2, "count": 4}
    ]
    scene.answers[IngestDocuments] = IngestResults(
        results=[
            IngestResult(file="guide.pdf", status="indexed", document_id=9),
            IngestResult(file="none.pdf", status="error", error="There is no file “none.pdf”."),
        ]
    )
    scene.answers[ListDocuments] = DocumentList(
        documents=[*DOCUMENTS.documents, document(9, "guide.pdf")], tags=[]
    )
    engine.held.clear()
    picker = sheet.options.documents
    picker.dropEvent(_dropping(Path("/tmp/guide.pdf")))  # noqa: S108 - never opened
    await scene.window.settle()
    texts = [label.text() for label in picker.findChildren(type(sheet.title)) if label.isVisible()]
    assert "Reading guide.pdf, 2 of 4" in texts
    assert not sheet.next.isEnabled()
    sheet.go_on()
    assert engine.of(StartActivity) == []
    engine.held.set()
    await scene.window.settle()
    assert picker.values() == {6, 9}
    assert sheet.next.isEnabled()
    assert "There is no file “none.pdf”." in [
        label.text() for label in picker.findChildren(type(sheet.title)) if label.isVisible()
    ]
    (ingest,) = engine.of(IngestDocuments)
    assert (ingest.paths, ingest.project_id) == ([Path("/tmp/guide.pdf")], 1)  # noqa: S108


def _dropping(path: Path) -> QDropEvent:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    _kept.append(data)  # the event does not own it
    left = Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    return QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, left, none)


_kept: list[QMimeData] = []


async def test_a_run_that_cannot_start_keeps_the_brief(
    scene: Scene, log_problems: Problems
) -> None:
    scene.answers[StartActivity] = ServiceError("Choose the documents again.")
    sheet = await scene.open(topic="Roasting", keywords=["roast"])
    for _ in range(3):
        sheet.go_on()
    await scene.window.settle()
    assert sheet.isVisible()
    assert not sheet.next.is_loading
    (banner,) = [b for b in sheet.findChildren(Banner) if b.isVisible()]
    assert "Choose the documents again." in [
        label.text() for label in banner.findChildren(type(sheet.title))
    ]
    assert scene.window.go.went == []
    log_problems.records.clear()


async def test_closing_asks_only_if_something_was_typed(scene: Scene) -> None:
    sheet = await scene.open()
    await scene.press(Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    sheet = await scene.open()
    sheet.go_on()
    scene.qtbot.keyClicks(sheet.content.topic, "Coffee")
    await scene.click(sheet.cancel)
    assert sheet.isVisible()
    question = _question(scene)
    await scene.click(_labelled(question, "Cancel"))
    assert sheet.isVisible()
    sheet.reject()
    await scene.window.settle()
    await scene.click(_labelled(_question(scene), "Discard"))
    assert not sheet.isVisible()


def _question(scene: Scene) -> Sheet:
    found = scene.frame.findChildren(Sheet)
    return next(s for s in found if s.isVisible() and not isinstance(s, WizardSheet))


def _labelled(sheet: Sheet, text: str) -> QPushButton:
    return next(b for b in sheet.findChildren(QPushButton) if b.text() == text)


async def test_the_model_leads_to_settings(scene: Scene) -> None:
    sheet = await scene.open()
    sheet.presenter.step = 2
    await scene.click(sheet.options.settings)
    assert scene.window.go.went == [("settings", {"section": "models"})]
    assert not sheet.isVisible()


async def test_a_wizard_that_cannot_begin_can_be_tried_again(
    scene: Scene, log_problems: Problems
) -> None:
    scene.answers[SuggestBrief] = ServiceError("The database is restarting.")
    sheet = await scene.open()
    assert not sheet.next.isVisible()
    error = next(e for e in sheet.findChildren(ErrorView) if e.isVisible())
    scene.answers[SuggestBrief] = SUGGESTION
    await scene.click(_labelled_in(error, "Try again"))
    assert sheet.next.isVisible()
    assert sheet.place.project.isVisible()
    log_problems.records.clear()


def _labelled_in(widget: QWidget, text: str) -> QPushButton:
    return next(b for b in widget.findChildren(QPushButton) if b.text() == text)


async def test_it_opens_once(scene: Scene) -> None:
    first = await scene.open()
    assert await scene.open(topic="Other") is first
    first.close_sheet()
    assert await scene.open() is not first
