"""Three desktops and a server under faults; `make proof-sync` runs 2,000 longer seeds."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlsplit

import pytest

from benchmarks.sync_faults.faults import FAULTS
from benchmarks.sync_faults.simulation import HAPPENINGS, SHORT, Simulation
from benchmarks.sync_faults.world import World, world_of
from marketer_desktop.observability.logs import log
from marketer_desktop.services.parts import Parts
from tests.fakes.memory_keyring import MemoryKeyring, keyring_in_use

SEEDS, TOGETHER, CONTROLS = 50, 10, 3
LOTS = range(0, SEEDS, TOGETHER)


@pytest.fixture(scope="module")
def struck() -> Iterator[dict[int, Counter[str]]]:
    """The kinds that have happened, by lot; looked at when all lots have run."""
    by_lot: dict[int, Counter[str]] = {}
    yield by_lot
    kinds = {kind for lot in by_lot.values() for kind in lot}
    assert kinds <= {*FAULTS, *HAPPENINGS}
    assert len(kinds) >= 30 or by_lot.keys() < set(LOTS)  # `make proof-sync` wants each kind


@pytest.fixture
async def world(
    postgres_url: str,
    migrated_template: str,
    parts: Parts,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[World]:
    """Failures are what this is about: they are not logged."""
    monkeypatch.setattr(log, "disabled", True)
    template = urlsplit(migrated_template).path.strip("/")
    await parts.queue.open()  # whoever opens a text looks what waits
    with keyring_in_use(MemoryKeyring()):
        async with world_of(postgres_url, template, parts) as world:
            yield world
    await parts.queue.stop()


@pytest.mark.parametrize("first", LOTS)
async def test_nothing_is_lost_or_doubled_whatever_happens(
    world: World, first: int, struck: dict[int, Counter[str]]
) -> None:
    complaints: dict[int, list[str]] = {}
    happened: Counter[str] = Counter()
    for seed in range(first, first + TOGETHER):
        verdict = await Simulation(world, seed, length=SHORT).run()
        happened += verdict.struck
        if verdict.complaints:  # python -m benchmarks.sync_faults --seed N tells how it came
            complaints[seed] = verdict.complaints
    assert complaints == {}
    struck[first] = happened


async def test_without_an_outbox_something_is_lost_or_doubled(world: World) -> None:
    for seed in range(CONTROLS):
        verdict = await Simulation(world, seed, naive=True).run()
        assert verdict.complaints, f"seed {seed}: the naive loop got through"
