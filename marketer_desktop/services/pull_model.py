"""Better models: which ones suit this machine, and getting one through Ollama."""

import time
from contextlib import aclosing

from pydantic import BaseModel, Field

from marketer_desktop.llm.errors import ModelUnavailable
from marketer_desktop.llm.ollama_host import PullProgress, pull
from marketer_desktop.llm.recommended import recommended
from marketer_desktop.services.call import Call, Emit, ServiceError
from marketer_desktop.services.models import ListModels, ModelEntry, list_models
from marketer_desktop.services.parts import Parts
from marketer_desktop.system.memory import total_memory


class Recommendation(BaseModel):
    """A model to get; `download_gb` and the `memory_gb` of the machine it needs are in GB."""

    name: str
    download_gb: float
    memory_gb: int
    about: str
    installed: bool


class Recommendations(BaseModel):
    """Models that this machine can hold, the best first."""

    memory_gb: int
    models: list[Recommendation]


class RecommendModels(Call[Recommendations]):
    """Which models suit this machine."""


class PullModel(Call[ModelEntry]):
    """Get a model, such as `llama3.2:3b`, through Ollama.

    Emits `{"kind": "pull", "status", "completed", "total", "percent", "eta_seconds"}`: bytes, and
    None for percentage and seconds as long as they are not known. Cancelling the call stops the
    download; what has come is kept.
    """

    name: str = Field(min_length=1)


async def recommend_models(call: RecommendModels, parts: Parts, emit: Emit) -> Recommendations:
    """Choose by the machine's memory, and say which are there already."""
    memory = total_memory()
    there = {model.name for model in (await parts.models.ollama()).models}
    models = [
        Recommendation(
            name=model.name,
            download_gb=model.download_gb,
            memory_gb=model.memory_gb,
            about=model.about,
            installed=model.name in there,
        )
        for model in recommended(memory)
    ]
    return Recommendations(memory_gb=round(memory / 1_000_000_000), models=models)


async def pull_model(call: PullModel, parts: Parts, emit: Emit) -> ModelEntry:
    """Download the model and say how far it is; the result can be given to `UseModel`."""
    name = call.name.strip().removeprefix("ollama:")
    state = await parts.models.ollama()
    if not state.running:
        raise ModelUnavailable(
            f"“{name}” was not downloaded. {state.problem} If it is not installed, get it from "
            "ollama.com/download."
        )
    told: tuple[str, int | None] | None = None
    speed = _Speed()
    async with aclosing(pull(parts.models.ollama_host, name)) as progress:
        async for now in progress:
            if told != (told := (now.status, _percent(now))):
                emit({"kind": "pull", **_event(now), "eta_seconds": speed.seconds_left(now)})
    parts.bus.changed("models")
    listed = (await list_models(ListModels(), parts, emit)).models
    names = {f"ollama:{name}", f"ollama:{name}:latest"}
    found = next((entry for entry in listed if entry.name in names), None)
    if found is None:
        raise ServiceError(f"“{name}” is there, but it does not write texts. Choose another model.")
    return found


class _Speed:
    """How fast a download is: what was there before it began does not count."""

    def __init__(self) -> None:
        self._first: tuple[float, int] | None = None

    def seconds_left(self, now: PullProgress) -> int | None:
        """Seconds until all bytes are here; None until that can be said."""
        if not now.total:
            return None
        at = time.monotonic()
        began, before = self._first = self._first or (at, now.completed)
        come = now.completed - before
        return round((now.total - now.completed) * (at - began) / come) if come > 0 else None


def _percent(now: PullProgress) -> int | None:
    return 100 * now.completed // now.total if now.total else None


def _event(now: PullProgress) -> dict[str, object]:
    return {
        "status": now.status,
        "completed": now.completed,
        "total": now.total,
        "percent": _percent(now),
    }
