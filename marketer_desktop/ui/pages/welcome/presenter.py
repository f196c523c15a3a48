"""The first run as it goes: what was asked already is not asked again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from marketer_desktop.domain.brand_voice import NO_VOICE, BrandVoice
from marketer_desktop.services.document_library import ListDocuments
from marketer_desktop.services.documents import IngestDocuments
from marketer_desktop.services.models import ListModels, ModelEntry, UseModel
from marketer_desktop.services.profile import Profile, SavePreferences, SaveProfile, ShowProfile
from marketer_desktop.services.projects import ListProjects, ShowProject, UpdateProject
from marketer_desktop.services.pull_model import PullModel, Recommendation, RecommendModels
from marketer_desktop.services.sample_piece import OpenSamplePiece, SamplePiece

STEPS = ("name", "voice", "documents", "model", "sample")
PREFERENCE = "welcome"

FileStatus = Literal["reading", "indexed", "error"]
OnChange = Callable[[], None]
OnPercent = Callable[[int | None], None]


class Engine(Protocol):
    """Carries out calls."""

    async def call(
        self, call: Any, on_event: Callable[[dict[str, Any]], None] | None = None
    ) -> Any:
        """The call's result."""


@dataclass
class GivenFile:
    """A document that was dropped, and how far it has been read."""

    name: str
    status: FileStatus = "reading"
    percent: int = 0
    error: str = ""


class WelcomePresenter:
    """Knows nothing of widgets; every method that asks the engine is a coroutine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.step = 0
        self.name = self.organization = ""
        self.voice: BrandVoice = NO_VOICE
        self.files: list[GivenFile] = []
        self.models: list[ModelEntry] = []
        self.offers: list[Recommendation] = []
        self.ollama, self.ollama_running = "", False
        self.sample: SamplePiece | None = None
        self._project_id = 0

    @property
    def is_last(self) -> bool:
        """Whether nothing follows."""
        return self.step == len(STEPS) - 1

    async def load(self) -> None:
        """Read what is known from before, and where the user stopped."""
        profile: Profile = await self._engine.call(ShowProfile())
        self.name = profile.name
        self.organization = profile.organization if profile.is_named else ""
        kept = profile.preferences.get(PREFERENCE, {}).get("step", 0)
        self.step = min(max(int(kept), 0), len(STEPS) - 1)
        projects = (await self._engine.call(ListProjects())).projects
        self._project_id = min((project.project_id for project in projects), default=0)
        if self._project_id:
            project = await self._engine.call(ShowProject(project_id=self._project_id))
            self.voice = project.brand_voice
        documents = (await self._engine.call(ListDocuments())).documents
        self.files = [_known_file(entry) for entry in documents]

    async def go_to(self, step: int) -> None:
        """Go to a step, and begin there next time."""
        self.step = min(max(step, 0), len(STEPS) - 1)
        values = {PREFERENCE: {"step": self.step, "done": False}}
        await self._engine.call(SavePreferences(values=values))

    async def finish(self) -> None:
        """Never show this again."""
        values = {PREFERENCE: {"step": self.step, "done": True}}
        await self._engine.call(SavePreferences(values=values))

    async def save_name(self, name: str, organization: str) -> None:
        """Keep what was typed; what was left empty stays as it is."""
        self.name, self.organization = name.strip(), organization.strip()
        if self.name or self.organization:
            call = SaveProfile(name=self.name or None, organization=self.organization or None)
            await self._engine.call(call)

    async def save_voice(
        self, tone: str, preferred: Sequence[str], forbidden: Sequence[str]
    ) -> None:
        """Keep the voice with the first project."""
        voice = BrandVoice(
            tone=tone,
            style=self.voice.style,
            guidelines=self.voice.guidelines,
            preferred=list(preferred),
            forbidden=list(forbidden),
            examples=self.voice.examples,
        )
        if voice != self.voice and self._project_id:
            call = UpdateProject(project_id=self._project_id, brand_voice=voice)
            await self._engine.call(call)
        self.voice = voice

    async def add_files(self, paths: Sequence[Path], on_change: OnChange) -> None:
        """Read documents one by one; one that cannot be read does not stop the others."""
        given = [(path, GivenFile(path.name)) for path in paths]
        self.files = [*(file for _, file in given), *self.files]
        on_change()
        for path, file in given:
            await self._read(path, file, on_change)

    async def _read(self, path: Path, file: GivenFile, on_change: OnChange) -> None:
        def hear(event: dict[str, Any]) -> None:
            if event.get("kind") == "document":
                file.percent = int(event["percent"])
                on_change()

        told = await self._engine.call(IngestDocuments(paths=[path]), hear)
        result = told.results[0]
        file.status, file.error = result.status, result.error or ""
        if result.duplicate:
            self.files = [f for f in self.files if f is file or f.name != file.name]
        on_change()

    async def load_models(self) -> None:
        """Which models are there, and which would suit this machine."""
        listed = await self._engine.call(ListModels())
        self.models, self.ollama = listed.models, listed.ollama
        self.ollama_running = listed.ollama_running
        recommended = await self._engine.call(RecommendModels())
        self.offers = [offer for offer in recommended.models if not offer.installed]

    async def use_model(self, name: str) -> None:
        """Have this model write from now on."""
        await self._engine.call(UseModel(name=name))
        for model in self.models:
            model.chosen = model.name == name

    async def pull(self, name: str, on_percent: OnPercent) -> None:
        """Get a model through Ollama, and choose it."""
        entry = await self._engine.call(
            PullModel(name=name), lambda event: on_percent(event.get("percent"))
        )
        await self.use_model(entry.name)
        await self.load_models()

    async def open_sample(self) -> None:
        """Put the sample piece among the activities."""
        self.sample = await self._engine.call(OpenSamplePiece())


def _known_file(entry: Any) -> GivenFile:
    """A document that was read, or could not be, before this start."""
    file = GivenFile(entry.filename, percent=entry.percent or 0, error=entry.error or "")
    if entry.status in ("indexed", "error"):
        file.status = entry.status
    return file
