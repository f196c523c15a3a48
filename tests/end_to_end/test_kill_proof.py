"""The kill proof in short: blows at random places, and a control that has to be found out."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.kill.lane import Draw, Lane
from benchmarks.kill.places import Strike
from benchmarks.kill.plan import Blows, eligible

ERRANDS = ("e-mail", "cancelled")
KILLS = {"e-mail": 4, "cancelled": 2}
STOPS = {"e-mail": 1, "cancelled": 1}


def once(strike: Strike) -> Draw:
    return lambda again: None if again else strike


@pytest.fixture(scope="module")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kill") / "vectors.sqlite"


@pytest.fixture(scope="module")
def lane(vectors: Path) -> Iterator[Lane]:
    with Lane(vectors) as made:
        yield made


def test_a_run_survives_every_blow(lane: Lane) -> None:
    hits, seed = lane.undisturbed(ERRANDS), random.SystemRandom().randrange(10**6)
    lot = random.Random(seed)
    blows = {name: Blows(eligible(name, hits[name]), (0, 1), lot) for name in ERRANDS}
    complaints = []
    for victim, wanted in (("engine", KILLS), ("database", STOPS)):
        for errand, count in wanted.items():
            for _ in range(count):
                strike = blows[errand].next(victim)
                outcome = lane.errand(errand, once(strike))
                complaints += [f"seed {seed}, {strike}: {each}" for each in outcome.complaints]
    assert complaints == []


def test_without_the_ledger_a_call_is_made_again(vectors: Path) -> None:
    with Lane(vectors, with_ledger=False) as lane:
        lane.undisturbed(["e-mail"])
        outcome = lane.errand("e-mail", once(Strike("node: section, after", 1)))
    assert outcome.strikes
    assert any("was made 2 times" in each for each in outcome.complaints), outcome.complaints
