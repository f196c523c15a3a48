"""The proof of the agent under faults, short: ten cuts, all of it in this process."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from benchmarks.agent_faults import desktop_side, proof, server_side
from benchmarks.agent_faults.desktop_side import SLOTS, DesktopSide
from benchmarks.agent_faults.proof import AT_ONCE, TOGETHER, Outcome, Proof, echo
from benchmarks.agent_faults.sides import Near
from benchmarks.agent_faults.way import FaultyWay
from marketer_desktop.hybrid.agent import visit
from marketer_desktop.hybrid.agent.frames import LlmRequest
from marketer_desktop.llm.retrying import Patience
from marketer_desktop.services.agent_frames import Usage
from marketer_desktop.services.parts import Parts
from tests.factories.agent_hub import agent_hub
from tests.factories.serving import Teammate
from tests.fakes.ollama_server import OllamaServer

CUTS, SEED = 10, 3
PIECE_SECONDS = 0.06


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the proof, but no shorter patience with the other side: this machine may be busy."""
    monkeypatch.setenv("OLLAMA_NUM_PARALLEL", str(SLOTS))
    monkeypatch.setattr(proof, "BETWEEN_SECONDS", 0.05)
    monkeypatch.setattr(proof, "ASKING", 12)  # who was cut off asks again at once here
    patience = Patience(first=0.02, most=0.1, passing_calls=100, broken_calls=100)
    monkeypatch.setattr(server_side, "PATIENCE", patience)
    for module, name, value in desktop_side.SETTINGS:
        if module is not visit:
            monkeypatch.setattr(module, name, value)


class Model:
    """Answers as the script has it, and counts."""

    def __init__(self) -> None:
        self.finished: Counter[str] = Counter()
        self._together = asyncio.Barrier(AT_ONCE)

    async def answer(
        self, request: LlmRequest, begin: Callable[[], None], tell: Callable[[str], None]
    ) -> Usage:
        words = request.messages[-1].content
        begin()
        if words.startswith(TOGETHER):
            await self._together.wait()
        first, *others = echo(words).split(" ")
        for piece in (first, *(f" {word}" for word in others)):
            tell(piece)
            await asyncio.sleep(PIECE_SECONDS)
        self.finished[words] += 1
        return Usage(prompt_tokens=1, completion_tokens=1)


async def proved(parts: Parts, owner: Teammate, folder: Path, cuts: int, flaw: str = "") -> Outcome:
    chance, model = random.Random(SEED), Model()
    with OllamaServer() as ollama:
        async with agent_hub(parts) as hub:
            server = await server_side.server_side(hub, owner)
            place = await server.place()
            async with FaultyWay(urlsplit(place["url"]).port or 0, chance) as way:
                desktop = DesktopSide(
                    way.address, place["key"], ollama.address, folder, flaw, model.answer
                )
                tried = Proof(
                    way,
                    Near(server),
                    Near(desktop),
                    lambda: model.finished,
                    chance,
                    Outcome(SEED),
                    apart_from=("stall",),
                    watches_memory=False,
                )
                try:
                    return await tried.run(cuts, warm=AT_ONCE)
                finally:
                    await desktop.close()


async def test_every_request_is_answered_once_and_all_slots_are_free(
    parts: Parts, owner: Teammate, tmp_path: Path
) -> None:
    outcome = await proved(parts, owner, tmp_path, CUTS)
    assert outcome.complaints == []
    assert outcome.cuts.total() == CUTS and outcome.connections > CUTS
    assert outcome.answered + outcome.failed.total() == outcome.asked
    assert outcome.answered > CUTS and max(outcome.in_flight) == AT_ONCE


async def test_an_agent_that_runs_again_what_it_was_at_is_seen_through(
    parts: Parts, owner: Teammate, tmp_path: Path
) -> None:
    outcome = await proved(parts, owner, tmp_path, 2, "runs again")
    assert "run to their end more than once" in " ".join(outcome.complaints)
