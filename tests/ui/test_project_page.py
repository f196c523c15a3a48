"""The page of a project: its tabs, its forms, and what was not saved."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.domain.brand_summary import BrandSummary
from marketer_desktop.domain.brand_voice import BrandVoice
from marketer_desktop.domain.brief import Brief
from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.services.call import Call
from marketer_desktop.services.campaigns import (
    ArchiveCampaign,
    CampaignSaved,
    CreateCampaign,
    UpdateCampaign,
)
from marketer_desktop.services.export_campaign import CampaignExported, ExportCampaign
from marketer_desktop.services.organizations import ListOrganizations
from marketer_desktop.services.projects import (
    ArchiveProject,
    ProjectDetails,
    ProjectDocument,
    ProjectRef,
    ShowProject,
    UpdateProject,
)
from marketer_desktop.services.show_brand_summary import BrandDocuments, ShowBrandSummary
from marketer_desktop.ui.pages.project.campaign_card import CampaignCard
from marketer_desktop.ui.pages.project.campaign_sheet import CampaignSheet
from marketer_desktop.ui.pages.project.page import ProjectPage
from marketer_desktop.ui.pages.project.unsaved_sheet import UnsavedSheet
from marketer_desktop.workflow.prompts import prompt
from tests.factories.accounts_window import make_organizations
from tests.factories.project_views import make_campaign, make_line, make_project
from tests.factories.projects import project_ref
from tests.fakes.fake_bridge import FakeWindow

VOICE = BrandVoice(tone="warm", forbidden=["synergy"], preferred=["we brew"])
SAVED = CampaignSaved(campaign_id=2, project_id=1, name="Launch")
REF = project_ref(1, "Spring")


class Store:
    """A project that is changed by calls, as the engine would change it."""

    def __init__(self) -> None:
        launch = make_campaign(2, "Launch").model_copy(
            update={
                "goal": "500 trials",
                "start_date": date(2026, 3, 1),
                "end_date": date(2026, 3, 31),
                "budget_amount": Decimal("1200.50"),
            }
        )
        running = make_line(1, "generating", progress=40, step="writing")
        general = make_campaign(1, "General", running, make_line(2, "draft"))
        self.project = make_project(general, launch, brand_voice=VOICE)

    def show(self, call: ShowProject) -> ProjectDetails:
        return self.project.model_copy(deep=True, update={"project_id": call.project_id})

    def update(self, call: UpdateProject) -> ProjectRef:
        values = call.model_dump(exclude_none=True, exclude={"project_id", "brand_voice"})
        if call.brand_voice is not None:
            values["brand_voice"] = call.brand_voice
        self.project = self.project.model_copy(update=values)
        return REF


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
async def fake(qtbot: QtBot, store: Store) -> AsyncIterator[FakeWindow]:
    window = QWidget()
    qtbot.addWidget(window)
    answers: dict[type[Call[Any]], Any] = {
        ShowProject: store.show,
        UpdateProject: store.update,
        ArchiveProject: REF,
        CreateCampaign: SAVED,
        UpdateCampaign: SAVED,
        ArchiveCampaign: SAVED,
        ShowBrandSummary: BrandDocuments(documents=[], summary=None),
        ListOrganizations: make_organizations(in_team=False),
    }
    fake = FakeWindow(answers, window)
    yield fake
    await fake.tasks.close()


async def opened(fake: FakeWindow, tab: str = "activities", width: int = 1063) -> ProjectPage:
    page = ProjectPage(fake.context, fake.window)
    fake.window.resize(width, 747)
    page.resize(width, 747)
    fake.window.show()
    page.shown(project_id=1, tab=tab)
    await fake.settle()
    return page


def cards(page: ProjectPage) -> list[CampaignCard]:
    return [card for card in page.findChildren(CampaignCard) if card.isVisible()]


def sheet_of(fake: FakeWindow) -> UnsavedSheet:
    (sheet,) = fake.window.findChildren(UnsavedSheet)
    return sheet


async def test_campaigns_are_groups_with_their_activities(fake: FakeWindow) -> None:
    page = await opened(fake)
    general, launch = cards(page)
    assert general.list.model().rowCount() == 2
    assert not launch.list.isVisible()
    assert launch._about.text() == "500 trials · 1 Mar – 31 Mar 2026 · 1,200.50 EUR"
    assert page.title.text() == "Spring"
    general.opened.emit(2)
    general.add.emit(1)
    page.new.click()
    assert fake.go.went == [("activity", {"activity_id": 2})]
    assert fake.go.wizards == [{"project_id": 1, "campaign_id": 1}, {"project_id": 1}]


async def test_a_filter_and_progress_leave_the_card_in_place(fake: FakeWindow) -> None:
    page = await opened(fake)
    page.activities.search.setText("part 1")
    await fake.settle()
    (card,) = cards(page)
    event = RunEvent(activity_id=1, kind="progress", step="editing", progress=77)
    fake.engine.run_events.emit([event])
    await fake.settle()
    assert cards(page) == [card]
    row = card.list.model().index(0, 0).data(Qt.ItemDataRole.UserRole + 1)
    assert row.subtitle == "77% · editing"
    page.activities.search.setText("nothing like it")
    assert cards(page) == []
    assert page.activities._nothing.isVisible()


async def test_activities_are_filtered_by_status(fake: FakeWindow) -> None:
    page = await opened(fake)
    offered = [page.activities.status.itemText(n) for n in range(page.activities.status.count())]
    assert offered == ["Every status", "Generating", "Draft"]
    page.activities.status.chosen.emit("draft")
    await fake.settle()
    assert [card.list.model().rowCount() for card in cards(page)] == [1]


async def test_a_campaign_is_made(fake: FakeWindow, qtbot: QtBot) -> None:
    page = await opened(fake)
    page.activities.new.click()
    (sheet,) = fake.window.findChildren(CampaignSheet)
    sheet.save.click()
    assert sheet.error("name") == "Enter a name."
    qtbot.keyClicks(sheet.name, "Teaser")
    qtbot.keyClicks(sheet.start, "2026-03-02")
    qtbot.keyClicks(sheet.end, "1 March 2026")
    assert sheet.error("end") == "It ends before it starts."
    sheet.end.setText("31.3.2026")
    sheet.budget.setText("1,200")
    assert (sheet.error("name"), sheet.error("end")) == ("", "")
    sheet.save.click()
    await fake.settle()
    (call,) = fake.engine.of(CreateCampaign)
    assert (call.project_id, call.name, call.status) == (1, "Teaser", "planning")
    assert (call.start_date, call.end_date) == (date(2026, 3, 2), date(2026, 3, 31))
    assert call.budget_amount == 1200


async def test_a_campaign_is_changed_and_archived_with_a_way_back(fake: FakeWindow) -> None:
    page = await opened(fake)
    cards(page)[1].edit.emit(2)
    (sheet,) = fake.window.findChildren(CampaignSheet)
    assert (sheet.budget.text(), sheet.start.text()) == ("1,200.50", "1 Mar 2026")
    sheet.status.set_value("completed")
    sheet.save.click()
    await fake.settle()
    (call,) = fake.engine.of(UpdateCampaign)
    assert (call.goal, call.status, call.budget_amount) == ("500 trials", "completed", 1200.5)
    cards(page)[1].archive.emit(2)
    await fake.settle()
    text, _, undo = fake.go.toasts[0]
    assert (text, undo is None) == ("Archived Launch.", False)
    assert undo is not None
    undo()
    await fake.settle()
    assert [call.archived for call in fake.engine.of(ArchiveCampaign)] == [True, False]


async def test_all_texts_of_a_campaign_are_downloaded(fake: FakeWindow, tmp_path: Path) -> None:
    page = await opened(fake)
    place = tmp_path / "launch.zip"
    fake.engine.answers[ExportCampaign] = CampaignExported(path=str(place), texts=2, without_text=0)
    cards(page)[1].download.emit(2)
    (dialog,) = fake.window.findChildren(QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == "launch.zip"
    dialog.fileSelected.emit(str(place))
    dialog.reject()
    await fake.settle()
    (call,) = fake.engine.of(ExportCampaign)
    assert (call.campaign_id, call.path) == (2, place)
    assert fake.go.toasts[0][:2] == (f"Downloaded to {place}", "Open folder")


async def test_the_voice_says_what_the_writer_is_told(fake: FakeWindow) -> None:
    page = await opened(fake, "voice")
    told, _ = prompt("answer", Brief(topic="tea"), VOICE.line(), question="Why?")
    assert page.voice.effect.after.text() == told
    assert page.voice.effect.before.text() == prompt("answer", Brief(topic="tea"), question="?")[0]
    page.voice.forbidden.add("leverage")
    assert "“leverage”" in page.voice.effect.after.text()
    assert "“synergy”, “leverage” is left out" in page.voice.effect.effects[0].text()


async def test_the_voice_says_what_documents_add(fake: FakeWindow) -> None:
    page = await opened(fake, "voice")
    card = page.voice.brand
    assert card.note.text().startswith("Tag a document “brand”")
    summary = BrandSummary(tone="warm, plain", who="Northwind roasts.", forbidden=["cheap"])
    for found, said in (
        (None, "The next piece reads voice.pdf."),
        (BrandSummary(), "voice.pdf says nothing about the voice."),
        (summary, "Read from voice.pdf. What you enter here goes first."),
    ):
        fake.engine.answers[ShowBrandSummary] = BrandDocuments(
            documents=["voice.pdf"], summary=found
        )
        fake.engine.changed.emit("documents")
        await fake.settle()
        assert card.note.text() == said
    shown = {name: text.text() for name, (_, text) in card.lines.items() if text.isVisible()}
    assert shown == {"tone": "warm, plain", "about": "Northwind roasts.", "forbidden": "“cheap”"}


async def test_a_voice_is_saved(fake: FakeWindow, store: Store) -> None:
    page = await opened(fake, "voice")
    assert not page.save.isEnabled()
    page.voice.tone.setText("dry")
    page.voice.guidelines.setPlainText("Explain terms.")
    page.voice.examples._boxes[0].setPlainText("We like this one.")
    assert page.save.isEnabled()
    assert page.discard.isVisible()
    page.save.click()
    await fake.settle()
    assert store.project.brand_voice.tone == "dry"
    assert store.project.brand_voice.guidelines == "Explain terms."
    assert store.project.brand_voice.examples == ["We like this one."]
    assert not page.save.isEnabled()
    assert fake.go.toasts[0][0] == "Saved."


async def test_a_voice_that_is_too_long_is_not_saved(fake: FakeWindow) -> None:
    page = await opened(fake, "voice")
    page.voice.manner.setPlainText("x" * 201)
    assert page.voice._fields["style"].error == "Make this shorter."
    assert not page.save.isEnabled()
    page.voice.manner.setPlainText("short")
    page.voice.preferred.add("Synergy")
    assert "Synergy" in page.voice._fields["forbidden"].error
    assert page.save.isEnabled()


async def test_a_change_elsewhere_does_not_take_away_what_is_typed(
    fake: FakeWindow, store: Store
) -> None:
    page = await opened(fake, "voice")
    page.voice.tone.setText("dry")
    store.project = store.project.model_copy(update={"name": "Summer"})
    fake.engine.changed.emit("projects")
    await fake.settle()
    assert (page.title.text(), page.voice.tone.text()) == ("Summer", "dry")
    page.discard.click()
    assert page.voice.tone.text() == "warm"


@pytest.mark.parametrize(
    ("answer", "tab", "tone"),
    [("save", "settings", "dry"), ("discard", "settings", "warm"), ("stay", "voice", "warm")],
)
async def test_another_tab_is_shown_once_changes_are_settled(
    fake: FakeWindow, store: Store, answer: str, tab: str, tone: str
) -> None:
    page = await opened(fake, "voice")
    page.voice.tone.setText("dry")
    page.tabs.set_value("settings")
    page.tabs.chosen.emit("settings")
    await fake.settle()
    assert page.tabs.value() == "voice"
    getattr(sheet_of(fake), answer).click()
    await fake.settle()
    assert page.tabs.value() == tab
    assert store.project.brand_voice.tone == tone
    assert page.voice.tone.text() == ("dry" if answer != "discard" else "warm")


async def test_leaving_with_changes_is_asked_about_and_leads_back(fake: FakeWindow) -> None:
    page = await opened(fake, "settings")
    page.settings.audience.setText("bakers")
    page.left()
    await fake.settle()
    sheet_of(fake).reject()
    await fake.settle()
    assert fake.go.went == [("project", {"project_id": 1, "tab": "settings"})]
    page.shown(project_id=1, tab="settings")
    await fake.settle()
    assert page.settings.audience.text() == "bakers"


async def test_settings_are_saved_as_far_as_they_changed(fake: FakeWindow, qtbot: QtBot) -> None:
    page = await opened(fake, "settings")
    page.settings.name.setText(" ")
    assert not page.save.isEnabled()
    page.settings.name.setText("Spring two")
    page.settings.keywords.add("tea")
    qtbot.keyClick(page.settings.name, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    await fake.settle()
    assert fake.engine.of(UpdateProject) == [
        UpdateProject(project_id=1, name="Spring two", default_keywords=["tea"])
    ]


async def test_a_project_is_archived_from_its_settings(fake: FakeWindow) -> None:
    page = await opened(fake, "settings")
    page.settings.archive.click()
    await fake.settle()
    assert fake.engine.of(ArchiveProject) == [ArchiveProject(project_id=1, archived=True)]
    assert fake.go.toasts[0][:2] == ("Archived Spring.", "Undo")


async def test_documents_are_listed_and_lead_to_their_page(fake: FakeWindow, store: Store) -> None:
    document = ProjectDocument(
        document_id=4,
        filename="guide.pdf",
        status="indexed",
        error=None,
        chunk_count=1200,
        size=9,
        created_at=datetime(2026, 3, 1, tzinfo=UTC),
    )
    store.project = store.project.model_copy(update={"documents": [document]})
    page = await opened(fake, "documents")
    model = page.documents.table.model()
    assert [model.index(0, n).data() for n in range(3)] == ["guide.pdf", "Ready", "1,200"]
    page.documents.documents_asked.emit()
    assert fake.go.went == [("documents", {"project_id": 1})]


async def test_each_tab_has_one_primary_button(fake: FakeWindow) -> None:
    page = await opened(fake)
    for tab in ("activities", "documents", "voice", "settings"):
        page.shown(project_id=1, tab=tab)
        await fake.settle()
        shown = [button.isVisible() for button in (page.new, page.save)]
        assert shown == [tab in ("activities", "documents"), tab in ("voice", "settings")]


async def test_another_project_shows_nothing_of_the_one_before(
    fake: FakeWindow, store: Store
) -> None:
    page = await opened(fake, "voice")
    page.activities.search.setText("tea")
    store.project = make_project(make_campaign(9, "Other"), name="Winter")
    page.shown(project_id=2)
    await fake.settle()
    assert page.tabs.value() == "activities"
    assert (page.title.text(), page.activities.search.text()) == ("Winter", "")
    assert [card.campaign_id for card in cards(page)] == [9]
    assert page.voice.tone.text() == ""


@pytest.mark.parametrize(("width", "beside"), [(1063, True), (843, False)])
async def test_the_effect_stands_beside_the_voice_where_there_is_room(
    fake: FakeWindow, width: int, beside: bool
) -> None:
    page = await opened(fake, "voice", width)
    assert (page.voice._aside.x() > 0) is beside
    assert page.horizontalScrollBar().maximum() == 0
