"""Real runs of one brief on the starter model, and the same runs with a model that is at once."""

import asyncio
import gc
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from functools import _lru_cache_wrapper
from pathlib import Path
from time import perf_counter
from typing import Any

from langchain_core.language_models import BaseChatModel

from benchmarks.engine.calls import Call, RecordingChat, ReplayingChat
from marketer_desktop.bootstrap.engine import start_engine
from marketer_desktop.llm.choice import STARTER, ModelChoice
from marketer_desktop.llm.factory import OpenModel
from marketer_desktop.services.documents import IngestDocuments, ingest_documents
from marketer_desktop.services.follow_activity import follow
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.start_activity import StartActivity, start_activity
from marketer_desktop.settings.settings import Settings

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
RULES = "marketer_desktop.domain"
DOCUMENTS = ("brand-guidelines.pdf", "product-facts.docx", "customer-stories.md")
BRIEF = StartActivity(
    topic="Better office coffee with less packaging waste",
    keywords=["office coffee", "packaging waste"],
    audience="office managers",
    tone="warm and plain",
    words=600,
    model=str(STARTER),
)
STEP_OF_AGENT = {  # the two kinds of research go on at the same time, on the same slots
    "seo_research": "research",
    "content_research": "research",
    "content_writer": "writing",
    "editor": "editing",
    "social_media": "social media",
}


@dataclass(frozen=True)
class Run:
    """A run that has ended: how long it took, and its calls by step in the order of the steps."""

    seconds: float
    calls: list[Call]
    steps: dict[str, list[Call]]


@asynccontextmanager
async def engine_with_documents(tell: Callable[[str], None]) -> AsyncIterator[Parts]:
    """An engine in a folder of its own that holds the sample documents; the model is loaded."""
    with tempfile.TemporaryDirectory(prefix="mkt-engine-") as name:
        folder = Path(name)
        await asyncio.to_thread(folder.chmod, 0o711)  # PostgreSQL may run as another user
        engine = await start_engine(Settings(data_dir=folder / "data", model=str(STARTER)), tell)
        try:
            yield engine.parts
        finally:
            await engine.stop()


async def take_in(parts: Parts) -> None:
    """Take in the sample documents."""
    paths = [SAMPLES / name for name in DOCUMENTS]
    told = await ingest_documents(IngestDocuments(paths=paths), parts, _nothing)
    for result in told.results:
        if result.document_id is None:
            raise RuntimeError(f"{result.file}: {result.error}")


async def real_run(parts: Parts, brief: StartActivity = BRIEF) -> Run:
    """Write the brief with the starter model."""
    calls: list[Call] = []
    with _through(parts, lambda chat: RecordingChat(inner=chat, calls=calls)):
        activity_id, seconds = await _written(parts, brief)
    return Run(seconds, calls, await _by_step(parts, activity_id, calls))


async def instant_run(parts: Parts, before: Run, brief: StartActivity = BRIEF) -> float:
    """The seconds that the same run takes with answers that are there at once."""
    answers = {call.key: call for call in before.calls}
    with _through(parts, lambda chat: ReplayingChat(answers=answers)):
        _, seconds = await _written(parts, brief)
    return seconds


@contextmanager
def _through(parts: Parts, wrapped: Callable[[BaseChatModel], BaseChatModel]) -> Iterator[None]:
    """Have every model that is opened meanwhile called through another one."""
    opening = parts.models.open

    async def opened(choice: ModelChoice) -> OpenModel:
        model = await opening(choice)
        return replace(model, chat=wrapped(model.chat))

    setattr(parts.models, "open", opened)  # noqa: B010 - mypy refuses the plain assignment
    try:
        yield
    finally:
        setattr(parts.models, "open", opening)  # noqa: B010


async def _written(parts: Parts, brief: StartActivity) -> tuple[int, float]:
    """The activity that the brief became, and the seconds from the call to its last event."""
    endings: list[dict[str, Any]] = []

    def hear(event: dict[str, Any]) -> None:
        if event["kind"] == "ended":
            endings.append(event)

    # No run may live on what the one before it has left in memory.
    parts.embeddings.close()
    _forget()
    await asyncio.to_thread(parts.embeddings.embed_query, "warm")
    began = perf_counter()
    started = await start_activity(brief, parts, hear)
    await follow(parts, started.activity_id, hear)
    seconds = perf_counter() - began
    if [event["step"] for event in endings] != ["complete"]:
        raise RuntimeError(f"The run has not ended well: {endings}")
    return started.activity_id, seconds


def _forget() -> None:
    """Have the rules know nothing of any text."""
    for each in gc.get_objects():
        if type(each) is _lru_cache_wrapper and each.__module__.startswith(RULES):
            each.cache_clear()


async def _by_step(parts: Parts, activity_id: int, calls: list[Call]) -> dict[str, list[Call]]:
    """The calls by the agent that the ledger names for them."""
    async with parts.database.unit_of_work() as work:
        rows = await work.executions.of_activity(activity_id)
    agents = {
        (row.input_data["user"], row.input_data["options"]["seed"]): row.agent_name
        for row in rows
        if row.input_data and "user" in row.input_data
    }
    steps: dict[str, list[Call]] = {}
    for call in calls:
        agent = agents[call.messages[1].text, call.options["seed"]]
        steps.setdefault(STEP_OF_AGENT[agent], []).append(call)
    return steps


def _nothing(event: dict[str, Any]) -> None:
    """Services tell their progress; nobody listens here."""
