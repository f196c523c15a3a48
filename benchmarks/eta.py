"""How far the time left that runs tell is from the time that they then take; `make bench-eta`.

Twenty runs of the starter model, of all types and of different lengths, one after the other in a
new installation. Each estimate after the first step is compared with the seconds that were really
left; beside it stands what an even pace through the steps would have said. The limit is on the
median run: on the error of its first estimate after the first step, and on that of all of them.
Estimates are kept in tenths of seconds; what they are off when told in whole ones stands below.
"""

import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import benchmarks.content_environment  # noqa: F401 - before the libraries that read it
from benchmarks.eta_measures import Run, table
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
            print(runs[-1], file=sys.stderr, flush=True)
        return runs
    finally:
        await engine.stop()


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="mkt-eta-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        runs = asyncio.run(all_runs(folder / "data"))
    found = table(runs)
    print(json.dumps(found))
    sys.exit(not found["met"])


if __name__ == "__main__":
    main()
