"""How far the time left that runs tell is from the time that they then take; `make bench-eta`.

Twenty runs of the starter model, of all types and of different lengths, one after the other in a
new installation. Each estimate after the first step is compared with the seconds that were really
left; beside it stands what an even pace through the steps would have said. The limit is on the
median run: on the error of its first estimate after the first step, and on that of all of them.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import benchmarks.content_environment  # noqa: F401 - before the libraries that read it
from marketer_desktop.bootstrap.engine import start_engine
from marketer_desktop.domain.brief import ContentType
from marketer_desktop.events.run_event import STEPS
from marketer_desktop.llm.choice import STARTER
from marketer_desktop.services.documents import IngestDocuments, ingest_documents
from marketer_desktop.services.generate_content import GenerateContent, generate_content
from marketer_desktop.services.parts import Parts
from marketer_desktop.settings.settings import Settings

SAMPLES = Path(__file__).parents[1] / "resources" / "samples"
DOCUMENTS = ("brand-guidelines.pdf", "product-facts.docx", "customer-stories.md")
LIMIT = 0.20
LEAST_LEFT = 1.0  # seconds: an estimate is told in whole ones
BRIEFS = (
    ("blog", 300, "how a bakery chooses its coffee", "bakery coffee"),
    ("linkedin", 120, "training new baristas", "barista training"),
    ("email", 120, "a tasting evening for hotels", "coffee tasting"),
    ("webpage", 250, "grinders on loan for small hotels", "coffee grinder"),
    ("twitter", 60, "fresh beans for the office", "fresh beans"),
    ("blog", 700, "storing coffee in a small kitchen", "storing coffee"),
    ("linkedin", 200, "why we roast twice a week", "fresh roast"),
    ("email", 180, "winter hours of the roastery", "roastery hours"),
    ("webpage", 400, "coffee for guest rooms", "guest room coffee"),
    ("twitter", 120, "better breakfast coffee", "breakfast coffee"),
    ("blog", 450, "water and the taste of coffee", "coffee water"),
    ("linkedin", 160, "what a blind tasting taught us", "blind tasting"),
    ("email", 100, "a new blend for spring", "spring blend"),
    ("webpage", 320, "service for espresso machines", "espresso machine"),
    ("twitter", 90, "cleaning a coffee grinder", "clean grinder"),
    ("blog", 900, "opening a small coffee bar", "coffee bar"),
    ("linkedin", 100, "paying farmers a fair price", "fair price"),
    ("email", 150, "how to order for the summer", "summer order"),
    ("webpage", 280, "a coffee subscription for teams", "coffee subscription"),
    ("blog", 550, "choosing beans for cold brew", "cold brew"),
)


@dataclass
class Run:
    """One run: what it said of the time left, and when; times in seconds since its start."""

    name: str
    told: list[tuple[float, float, float]] = field(default_factory=list)  # at, left, evenly left
    first_step: float | None = None
    seconds: float = 0.0

    def errors(self, which: int) -> list[float]:
        """Of each estimate after the first step, in shares of what was really left."""
        assert self.first_step is not None
        left = [
            (self.seconds - at, told[which]) for at, *told in self.told if at >= self.first_step
        ]
        return [abs(said - true) / true for true, said in left if true >= LEAST_LEFT]


async def measured(parts: Parts, brief: tuple[str, int, str, str]) -> Run:
    kind, words, topic, keyword = brief
    run = Run(f"{kind} {words}")
    began = 0.0

    def heard(event: dict[str, Any]) -> None:
        nonlocal began
        now = time.monotonic()
        if event.get("kind") == "started" and event["step"] == STEPS[0]:
            began = now
        if event.get("kind") == "finished" and event["step"] == STEPS[0]:
            run.first_step = now - began
        if event.get("kind") == "progress" and event["data"]["eta_seconds"] is not None:
            share = max(event["progress"], 1) / 100
            evenly = (now - began) * (1 - share) / share
            run.told.append((now - began, event["data"]["eta_seconds"], evenly))

    await generate_content(
        GenerateContent(
            type=ContentType(kind), words=words, topic=topic, keywords=[keyword], model=str(STARTER)
        ),
        parts,
        heard,
    )
    run.seconds = time.monotonic() - began
    return run


async def all_runs(folder: Path) -> list[Run]:
    engine = await start_engine(Settings(data_dir=folder), lambda line: None)
    try:
        call = IngestDocuments(paths=[SAMPLES / name for name in DOCUMENTS])
        await ingest_documents(call, engine.parts, lambda event: None)
        runs = []
        for brief in BRIEFS:
            runs.append(await measured(engine.parts, brief))
            print(f"{runs[-1].name}: {runs[-1].seconds:.1f} s", file=sys.stderr, flush=True)
        return runs
    finally:
        await engine.stop()


def table(runs: list[Run]) -> dict[str, Any]:
    """The figures; a run in which nothing could be told counts as wholly wrong."""

    def over_runs(pick: Callable[[list[float]], float], which: int) -> float:
        found = [run.errors(which) for run in runs]
        return median(pick(errors) if errors else 1.0 for errors in found)

    first = over_runs(lambda errors: errors[0], 0)
    whole = over_runs(median, 0)
    return {
        "runs": len(runs),
        "seconds": [round(run.seconds, 1) for run in runs],
        "first_estimate": {"ours": first, "even_pace": over_runs(lambda e: e[0], 1)},
        "all_estimates": {"ours": whole, "even_pace": over_runs(median, 1)},
        "limit": LIMIT,
        "met": first <= LIMIT and whole <= LIMIT,
    }


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="mkt-eta-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        runs = asyncio.run(all_runs(folder / "data"))
    for run in runs:
        first, *_ = run.errors(0) or [1.0]
        print(f"{run.name:14} {run.seconds:6.1f} s  first {first:5.0%}", file=sys.stderr)
    found = table(runs)
    print(json.dumps(found))
    sys.exit(not found["met"])


if __name__ == "__main__":
    main()
