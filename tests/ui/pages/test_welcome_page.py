"""The first run: by keyboard from start to end, each step kept or left out."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.domain.brand_voice import BrandVoice
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.document_library import DocumentList, ListDocuments
from marketer_desktop.services.documents import IngestDocuments, IngestResults
from marketer_desktop.services.ingest_document import IngestResult
from marketer_desktop.services.models import ListModels, ModelEntry, ModelList, UseModel
from marketer_desktop.services.profile import Profile, SavePreferences, SaveProfile, ShowProfile
from marketer_desktop.services.projects import (
    ListProjects,
    ProjectDetails,
    ProjectList,
    ProjectSummary,
    ShowProject,
    UpdateProject,
)
from marketer_desktop.services.pull_model import (
    PullModel,
    Recommendation,
    Recommendations,
    RecommendModels,
)
from marketer_desktop.services.sample_piece import OpenSamplePiece, SamplePiece
from marketer_desktop.ui.pages.welcome.model_row import ModelChoice, ModelOffer
from marketer_desktop.ui.pages.welcome.page import WelcomePage
from marketer_desktop.ui.widgets.error_view import ErrorView
from tests.factories.projects import project_ref
from tests.fakes.fake_bridge import FakeWindow
from tests.guards import Problems

OFFER = Recommendation(
    name="gemma3:4b", download_gb=3.3, memory_gb=8, about="Natural prose.", installed=False
)


def starter(chosen: bool = True) -> ModelEntry:
    return ModelEntry(name="starter", description="", chosen=chosen)


def llama(chosen: bool = False) -> ModelEntry:
    name = "ollama:llama3.2:3b"
    return ModelEntry(name=name, description="3.2B", size_bytes=2_000_000_000, chosen=chosen)


def profile(**preferences: Any) -> Profile:
    return Profile(
        user_id=1,
        name="",
        organization_id=1,
        organization="This computer",
        preferences=preferences,
        is_named=False,
    )


def answers() -> dict[Any, Any]:
    return {
        ShowProfile: profile(),
        SaveProfile: profile(),
        SavePreferences: profile(),
        ListProjects: ProjectList.model_construct(
            projects=[ProjectSummary.model_construct(project_id=4)]
        ),
        ShowProject: ProjectDetails.model_construct(brand_voice=BrandVoice()),
        UpdateProject: project_ref(4, "My content"),
        ListDocuments: DocumentList(documents=[], tags=[]),
        IngestDocuments: IngestResults(results=[IngestResult(file="a.md", status="indexed")]),
        ListModels: ModelList(models=[starter()], ollama="Ollama is not running. Start it."),
        RecommendModels: Recommendations(memory_gb=16, models=[OFFER]),
        UseModel: starter(),
        PullModel: llama(),
        OpenSamplePiece: SamplePiece(
            activity_id=7, title="A title", markdown="# A title\n\nFirst words[1].\n"
        ),
    }


@pytest.fixture
def fake(qtbot: QtBot) -> FakeWindow:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 800)
    QVBoxLayout(window)
    with qtbot.waitActive(window):  # else no shortcut is heard
        window.show()
        window.activateWindow()
    return FakeWindow(answers(), window)


@pytest.fixture
async def page(fake: FakeWindow) -> WelcomePage:
    return await opened(fake)


async def opened(fake: FakeWindow) -> WelcomePage:
    made = WelcomePage(fake.context)
    layout = fake.window.layout()
    assert layout is not None
    layout.addWidget(made)
    made.shown()
    await fake.settle()
    return made


async def at_step(fake: FakeWindow, step: int) -> WelcomePage:
    fake.engine.answers[ShowProfile] = profile(welcome={"step": step, "done": False})
    return await opened(fake)


def said(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def at(page: WelcomePage, name: str) -> bool:
    return page.step is getattr(page, name)


def kept(fake: FakeWindow) -> Any:
    return fake.engine.of(SavePreferences)[-1].values["welcome"]


async def test_by_keyboard_from_the_first_word_to_the_piece(
    page: WelcomePage, fake: FakeWindow, qtbot: QtBot
) -> None:
    async def press(key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        focused = fake.window.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, key, modifier)
        await fake.settle()

    def type_in(text: str) -> None:
        qtbot.keyClicks(fake.window.focusWidget(), text)

    type_in("Ada")  # QTest types ASCII only
    await press(Qt.Key.Key_Tab)
    type_in("Kestrow")
    await press(Qt.Key.Key_Return)
    assert at(page, "voice")
    type_in("warm")
    for _ in range(6):  # past the suggested tones
        await press(Qt.Key.Key_Tab)
    type_in("fresh coffee")
    await press(Qt.Key.Key_Return)
    await press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert at(page, "documents")
    await press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert at(page, "model")
    await press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert at(page, "sample")
    assert "First words[1]." in said(page)
    await press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (named,) = fake.engine.of(SaveProfile)
    assert (named.name, named.organization) == ("Ada", "Kestrow")
    (voiced,) = fake.engine.of(UpdateProject)
    assert voiced.brand_voice == BrandVoice(tone="warm", preferred=["fresh coffee"])
    assert kept(fake) == {"step": 4, "done": True}
    assert fake.go.went == [("activity", {"activity_id": 7})]
    assert fake.go.errors == []


async def test_every_step_can_be_left_out(page: WelcomePage, fake: FakeWindow) -> None:
    page.name.name.setText("Ada")
    for step in (page.voice, page.documents, page.model, page.sample):
        page.skip.click()
        await fake.settle()
        assert page.step is step
        assert [other.isVisible() for other in (step, page.name)] == [True, False]
    assert page.skip.text() == "Go to the dashboard"
    page.skip.click()
    await fake.settle()
    assert fake.engine.of(SaveProfile) == fake.engine.of(UpdateProject) == []
    assert kept(fake)["done"]
    assert fake.go.went == [("dashboard", {})]


async def test_it_goes_on_where_it_was_left(fake: FakeWindow) -> None:
    page = await at_step(fake, 2)
    assert at(page, "documents")
    page.back.click()
    await fake.settle()
    assert at(page, "voice")
    assert kept(fake) == {"step": 1, "done": False}


async def test_the_first_step_has_no_way_back(page: WelcomePage) -> None:
    assert not page.back.isVisible()
    assert page.go_on.isVisible()


async def test_suggested_tones_are_taken_up_once(fake: FakeWindow) -> None:
    page = await at_step(fake, 1)
    chips = {b.text(): b for b in page.voice.findChildren(QPushButton)}
    for text in ("Warm", "Technical", "Warm"):
        chips[text].click()
    assert page.voice.tone.text() == "Warm, technical"


async def test_dropped_documents_are_read(fake: FakeWindow, tmp_path: Path) -> None:
    page = await at_step(fake, 2)
    failed = IngestResult(file="scan.pdf", status="error", error="It has no text. Add one.")
    fake.engine.answers[IngestDocuments] = lambda call: IngestResults(
        results=[
            failed
            if call.paths[0].name == "scan.pdf"
            else IngestResult(file="facts.md", status="indexed")
        ]
    )
    zone = page.documents.zone
    zone.dropped.emit([tmp_path / "facts.md", tmp_path / "scan.pdf"])
    await fake.settle()
    shown = said(page.documents)
    assert {"facts.md", "Read", "scan.pdf", "It has no text. Add one."} <= set(shown)
    assert [call.paths for call in fake.engine.of(IngestDocuments)] == [
        [tmp_path / "facts.md"],
        [tmp_path / "scan.pdf"],
    ]


async def test_brand_guidelines_are_not_asked_for_twice(fake: FakeWindow, tmp_path: Path) -> None:
    page = await at_step(fake, 1)
    page.voice.zone.dropped.emit([tmp_path / "brand.pdf"])
    await fake.settle()
    page.skip.click()
    await fake.settle()
    assert "brand.pdf" in said(page.documents)


async def test_without_ollama_it_says_how_to_get_it(
    fake: FakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_pages: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened_pages.append)
    page = await at_step(fake, 3)
    shown = said(page.model)
    assert "Better models come with Ollama" in shown
    assert "Ollama is not running. Start it." in shown
    buttons = {b.text(): b for b in page.model.findChildren(QPushButton) if b.isVisible()}
    buttons["Open ollama.com"].click()
    assert [url.toString() for url in opened_pages] == ["https://ollama.com/download"]
    fake.engine.answers[ListModels] = ModelList(
        models=[starter(), llama()], ollama="Ollama 0.12", ollama_running=True
    )
    buttons["Look again"].click()
    await fake.settle()
    assert [choice.text() for choice in page.model.choices] == ["Starter model", "llama3.2:3b"]


async def test_the_starter_says_what_it_is_for(fake: FakeWindow) -> None:
    page = await at_step(fake, 3)
    (starter,) = page.model.findChildren(ModelChoice)
    assert starter.isChecked()
    assert "writes samples" in starter.accessibleDescription()


async def test_a_model_is_chosen(fake: FakeWindow) -> None:
    fake.engine.answers[ListModels] = ModelList(
        models=[starter(), llama()], ollama="Ollama 0.12", ollama_running=True
    )
    page = await at_step(fake, 3)
    page.model.choices[1].click()
    await fake.settle()
    assert [call.name for call in fake.engine.of(UseModel)] == ["ollama:llama3.2:3b"]


async def test_a_model_is_got_and_chosen(fake: FakeWindow) -> None:
    fake.engine.answers[ListModels] = ModelList(
        models=[starter()], ollama="Ollama 0.12", ollama_running=True
    )
    page = await at_step(fake, 3)
    (offer,) = [o for o in page.model.findChildren(ModelOffer) if o.isVisible()]
    fake.engine.held.clear()
    offer.get.click()
    await fake.settle()
    assert offer.bar.isVisible()
    assert not offer.get.isVisible()
    fake.engine.answers[ListModels] = ModelList(
        models=[starter(chosen=False), llama(chosen=True)],
        ollama="Ollama 0.12",
        ollama_running=True,
    )
    fake.engine.held.set()
    await fake.settle()
    assert [call.name for call in fake.engine.of(PullModel)] == ["gemma3:4b"]
    assert [choice.isChecked() for choice in page.model.choices] == [False, True]


async def test_a_download_that_fails_can_be_tried_again(
    fake: FakeWindow, log_problems: Problems
) -> None:
    fake.engine.answers[ListModels] = ModelList(
        models=[starter()], ollama="Ollama 0.12", ollama_running=True
    )
    fake.engine.answers[PullModel] = ServiceError("The disk is full.")
    page = await at_step(fake, 3)
    offer = page.model.offers["gemma3:4b"]
    offer.get.click()
    await fake.settle()
    assert fake.go.errors[0][0] == "The disk is full."
    assert offer.get.isVisible()
    log_problems.records.clear()


async def test_what_cannot_be_kept_stays_typed(
    page: WelcomePage, fake: FakeWindow, log_problems: Problems
) -> None:
    fake.engine.answers[SaveProfile] = ServiceError("The database is restarting.")
    page.name.name.setText("Ada")
    page.go_on.click()
    await fake.settle()
    assert fake.go.errors[0][0] == "The database is restarting."
    assert at(page, "name")
    assert page.name.name.text() == "Ada"
    assert page.go_on.isEnabled()
    log_problems.records.clear()


async def test_a_page_that_cannot_be_read_says_so(fake: FakeWindow, log_problems: Problems) -> None:
    fake.engine.answers[ShowProfile] = ServiceError("The database is restarting.")
    page = await opened(fake)
    (error,) = page.findChildren(ErrorView)
    assert "The database is restarting." in said(error)
    log_problems.records.clear()
    fake.engine.answers[ShowProfile] = profile()
    page.shown()
    await fake.settle()
    assert page.name.isVisible()
    assert not [view for view in page.findChildren(ErrorView) if view.isVisible()]


@pytest.mark.parametrize("step", range(5))
async def test_every_control_has_a_name(fake: FakeWindow, step: int) -> None:
    page = await at_step(fake, step)
    stops = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(stops) >= 2
    for widget in stops:
        text = widget.text() if hasattr(widget, "text") else ""
        assert widget.accessibleName() or text, widget


async def test_nothing_shows_as_a_window_of_its_own(fake: FakeWindow) -> None:
    shown: list[QWidget] = []

    class Ear(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
                shown.extend([watched] if watched.isWindow() else [])
            return False

    ear, app = Ear(), QCoreApplication.instance()
    assert app is not None
    app.installEventFilter(ear)
    for step in range(5):
        page = await at_step(fake, step)
        page._show_files()
    app.removeEventFilter(ear)
    assert shown == []
