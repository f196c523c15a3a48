"""Runs that one worker does at once: each gets its share. `benchmarks.fairness` has fifty."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.fairness.crowd import Crowd, Timed
from benchmarks.fairness.model_server import Slots
from benchmarks.fairness.verdict import figures
from marketer_desktop.domain.brief import Brief, ContentType
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from tests.fakes.ollama_server import OllamaServer

RUNS = 8
SHORT = Brief(type=ContentType.EMAIL, topic="fresh coffee for the office", words=60)
# Twice the limit of the proof: a second of another process is much for runs as short as these.
MOST_SPREAD = 4


class Noting(Slots):
    """Counts how many answers are asked for at once."""

    def __init__(self) -> None:
        super().__init__(5, 0.02)
        self._turn, self._at_once, self.most = threading.Lock(), 0, 0

    def answer(self, body: dict[str, Any]) -> str:
        """A scripted text."""
        with self._turn:
            self._at_once += 1
            self.most = max(self.most, self._at_once)
        try:
            return super().answer(body)
        finally:
            with self._turn:
                self._at_once -= 1


@pytest.fixture
def slots() -> Noting:
    return Noting()


@pytest.fixture
def address(slots: Noting) -> Iterator[str]:
    with OllamaServer(slots.answer) as server:
        yield server.address


async def test_many_runs_at_once_end_well_and_each_gets_its_share(
    migrated_url: str,
    tmp_path: Path,
    shared_embeddings: MiniLmEmbeddings,
    address: str,
    slots: Noting,
) -> None:
    crowd = Crowd(migrated_url, tmp_path, shared_embeddings, address, RUNS)
    crowd.brief = SHORT
    began = time.monotonic()
    runs = await crowd.run()
    assert max(run.ended for run in runs) <= time.monotonic() - began
    found = figures([(False, runs), (True, runs)])
    assert found.ended_well
    assert max(found.spread, found.own_spread) <= MOST_SPREAD
    # They were at it together: all had begun when the first one ended.
    assert max(run.began for run in runs) < min(run.ended for run in runs)
    assert 1 < slots.most <= 5


def times(*ended: float, status: str = "completed") -> list[Timed]:
    return [Timed(0.0, seconds, status) for seconds in ended]


@pytest.mark.parametrize(
    ("ours", "control", "met"),
    [
        (times(10, 19), times(10, 18), True),
        (times(9, 19), times(10, 19), False),  # unfair
        (times(10, 19), times(10, 17), False),  # slow
        (times(10, 19, status="failed"), times(10, 19), False),
    ],
)
def test_the_proof_can_fail(ours: list[Timed], control: list[Timed], *, met: bool) -> None:
    assert figures([(False, ours), (True, control)]).met is met
