"""The first run: what is known is not asked again, and nothing is lost on the way."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from marketer_desktop.domain.brand_voice import BrandVoice
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
from marketer_desktop.ui.pages.welcome.presenter import WelcomePresenter

VOICE = BrandVoice(tone="plain", style="short", preferred=["fresh"], examples=["A text."])


class Engine:
    """Answers by the type of the call, and emits what it was told to."""

    def __init__(self, **preferences: Any) -> None:
        self.calls: list[Any] = []
        self.events: list[dict[str, Any]] = []
        profile = Profile(
            user_id=1,
            name="Ada",
            organization_id=1,
            organization="This computer",
            preferences=preferences,
            is_named=False,
        )
        self.answers: dict[type, Any] = {
            ShowProfile: profile,
            SaveProfile: profile,
            SavePreferences: profile,
            ListProjects: ProjectList(projects=[project(9), project(4)]),
            ShowProject: details(),
            UpdateProject: None,
            ListDocuments: DocumentList(documents=[], tags=[]),
            UseModel: None,
        }

    async def call(
        self, call: Any, on_event: Callable[[dict[str, Any]], None] | None = None
    ) -> Any:
        self.calls.append(call)
        await asyncio.sleep(0)
        if on_event is not None:
            for event in self.events:
                on_event(event)
        answer = self.answers[type(call)]
        return answer(call) if callable(answer) else answer

    def of(self, kind: type) -> list[Any]:
        return [call for call in self.calls if type(call) is kind]


def project(number: int) -> ProjectSummary:
    return ProjectSummary.model_construct(project_id=number, name=f"P{number}")


def details() -> ProjectDetails:
    return ProjectDetails.model_construct(project_id=4, brand_voice=VOICE)


async def loaded(engine: Engine) -> WelcomePresenter:
    presenter = WelcomePresenter(engine)
    await presenter.load()
    return presenter


async def test_it_begins_with_what_is_known() -> None:
    presenter = await loaded(Engine(welcome={"step": 2, "done": False}))
    assert (presenter.step, presenter.name, presenter.organization) == (2, "Ada", "")
    assert presenter.voice == VOICE


@pytest.mark.parametrize(("kept", "step"), [(-3, 0), (99, 4)])
async def test_a_kept_step_that_is_none_is_the_nearest(kept: int, step: int) -> None:
    assert (await loaded(Engine(welcome={"step": kept}))).step == step


async def test_each_step_is_kept_and_the_end_too() -> None:
    engine = Engine()
    presenter = await loaded(engine)
    await presenter.go_to(1)
    await presenter.finish()
    assert [call.values for call in engine.of(SavePreferences)] == [
        {"welcome": {"step": 1, "done": False}},
        {"welcome": {"step": 1, "done": True}},
    ]


async def test_empty_names_are_not_stored() -> None:
    engine = Engine()
    presenter = await loaded(engine)
    await presenter.save_name(" ", "")
    assert engine.of(SaveProfile) == []
    await presenter.save_name("Ada Björk", " ")
    (call,) = engine.of(SaveProfile)
    assert (call.name, call.organization) == ("Ada Björk", None)


async def test_the_voice_goes_to_the_first_project_and_keeps_style_and_examples() -> None:
    engine = Engine()
    presenter = await loaded(engine)
    await presenter.save_voice("warm", ["fresh", "local"], ["cheap"])
    (call,) = engine.of(UpdateProject)
    assert call.project_id == 4
    assert call.brand_voice == BrandVoice(
        tone="warm",
        style="short",
        preferred=["fresh", "local"],
        forbidden=["cheap"],
        examples=["A text."],
    )
    await presenter.save_voice("warm", ["fresh", "local"], ["cheap"])
    assert len(engine.of(UpdateProject)) == 1


async def test_documents_are_read_one_by_one_with_their_progress() -> None:
    def ingested(call: IngestDocuments) -> IngestResults:
        (path,) = call.paths
        failed = path.name == "scan.pdf"
        result = IngestResult(
            file=str(path),
            status="error" if failed else "indexed",
            error="It is scanned." if failed else None,
        )
        return IngestResults(results=[result])

    engine = Engine()
    engine.answers[IngestDocuments] = ingested
    engine.events = [{"kind": "document", "file": "x", "stage": "reading", "percent": 40}]
    presenter = await loaded(engine)
    seen: list[list[tuple[str, str, int]]] = []
    await presenter.add_files(
        [Path("/a/facts.md"), Path("/a/scan.pdf")],
        lambda: seen.append([(f.name, f.status, f.percent) for f in presenter.files]),
    )
    assert seen[0] == [("facts.md", "reading", 0), ("scan.pdf", "reading", 0)]
    assert seen[1][0] == ("facts.md", "reading", 40)
    assert seen[-1] == [("facts.md", "indexed", 40), ("scan.pdf", "error", 40)]
    assert presenter.files[1].error == "It is scanned."


async def test_the_same_document_twice_is_listed_once() -> None:
    results = [
        IngestResult(file="/a/facts.md", status="indexed", duplicate=known)
        for known in (False, True)
    ]
    engine = Engine()
    engine.answers[IngestDocuments] = lambda call: IngestResults(results=[results.pop(0)])
    presenter = await loaded(engine)
    for _ in range(2):
        await presenter.add_files([Path("/a/facts.md")], lambda: None)
    assert [file.name for file in presenter.files] == ["facts.md"]


async def test_a_model_that_was_got_is_chosen() -> None:
    got = ModelEntry(name="ollama:gemma3:4b", description="")
    starter = ModelEntry(name="starter", description="", chosen=True)
    offers = [
        Recommendation(name="gemma3:4b", download_gb=3.3, memory_gb=8, about="", installed=True),
        Recommendation(name="qwen3:8b", download_gb=5.2, memory_gb=16, about="", installed=False),
    ]
    engine = Engine()
    engine.answers[PullModel] = got
    engine.answers[ListModels] = ModelList(
        models=[starter, got], ollama="Ollama 0.12", ollama_running=True
    )
    engine.answers[RecommendModels] = Recommendations(memory_gb=16, models=offers)
    engine.events = [{"kind": "pull", "percent": None}, {"kind": "pull", "percent": 50}]
    heard: list[int | None] = []
    presenter = await loaded(engine)
    await presenter.pull("gemma3:4b", heard.append)
    assert heard == [None, 50]
    assert [call.name for call in engine.of(UseModel)] == ["ollama:gemma3:4b"]
    assert [offer.name for offer in presenter.offers] == ["qwen3:8b"]


async def test_choosing_marks_one_model() -> None:
    engine = Engine()
    presenter = await loaded(engine)
    presenter.models = [
        ModelEntry(name="starter", description="", chosen=True),
        ModelEntry(name="ollama:qwen3:8b", description=""),
    ]
    await presenter.use_model("ollama:qwen3:8b")
    assert [model.chosen for model in presenter.models] == [False, True]
