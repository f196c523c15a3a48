"""What a run tells in one process is heard in the others on the same database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace

import pytest

from marketer_desktop.events.bus import EventBus
from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.services import follow_activity
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.run_relay import CHANNEL, LONGEST_DELTA, RunRelay, joined
from marketer_desktop.services.start_activity import StartActivity, start_activity
from marketer_desktop.services.stream_activity import run_stream
from marketer_desktop.storage.outage import DatabaseOutage
from marketer_desktop.storage.unit_of_work import UnitOfWork
from tests.factories.engines import Ear
from tests.patience import becomes_true

BRIEF = StartActivity.model_validate({"topic": "fresh coffee", "type": "email", "words": 60})


@asynccontextmanager
async def elsewhere(parts: Parts, *, relayed: bool) -> AsyncIterator[Parts]:
    """The parts of another process on the same database, which hears of others or does not."""
    other = replace(parts, bus=EventBus())
    relays = [RunRelay(each) for each in (parts, other) if relayed]
    for relay in relays:
        await relay.start()
    try:
        yield other
    finally:
        for relay in relays:
            await relay.stop()


async def hears(told: Parts, other: Parts) -> None:
    """Wait until what happens at `told` is heard at `other`."""
    async with other.bus.subscribe(0) as queue:

        async def heard() -> bool:
            told.bus.publish(draft(0, "writing", "…"))
            while not queue.empty():
                if queue.get_nowait() is not None:
                    return True
            return False

        await becomes_true(heard)


def draft(activity_id: int, node: str, delta: str, **more: str) -> RunEvent:
    data = {"node": node, "delta": delta, **more}
    return RunEvent(activity_id=activity_id, kind="draft", step="writing", progress=50, data=data)


async def told(parts: Parts, activity_id: int) -> list[RunEvent]:
    async with aclosing(run_stream(parts, activity_id, 0)) as events:
        return [event async for event in events if event is not None]


async def test_a_run_of_another_process_is_told_with_its_drafts(parts: Parts, ear: Ear) -> None:
    async with elsewhere(parts, relayed=True) as other:
        await hears(parts, other)
        async with parts.database.unit_of_work() as work:  # of another version, perhaps
            await work.announcements.say(CHANNEL, ["{}", "nonsense"])
            await work.commit()
        number = (await start_activity(BRIEF, parts, ear)).activity_id
        here, there = await asyncio.gather(told(parts, number), told(other, number))
    assert [e.seq for e in there if e.seq] == [e.seq for e in here if e.seq] == [*range(1, 12)]
    assert there[-1].kind == "ended"
    assert text_of(there) == text_of(here) != {}


def text_of(events: list[RunEvent]) -> dict[str, str]:
    """What was drafted for each node."""
    texts: dict[str, str] = {}
    for event in events:
        if event.kind == "draft":
            node = event.data["node"]
            texts[node] = texts.get(node, "") + event.data["delta"]
    return texts


async def test_without_a_word_from_there_the_database_is_looked_into(
    parts: Parts, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow_activity, "RECHECK_SECONDS", 0.0)
    monkeypatch.setattr("marketer_desktop.services.stream_activity.PULSE", 0.05)
    async with elsewhere(parts, relayed=False) as other:
        number = (await start_activity(BRIEF, parts, ear)).activity_id
        there = await told(other, number)
        assert [event.seq for event in there if event.seq] == list(range(1, 12))
        assert text_of(there) == {}
        outages = cut_off(other, monkeypatch)
        again = await told(other, number)
    assert [event.seq for event in again] == list(range(1, 12))
    assert outages == []


def cut_off(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> list[DatabaseOutage]:
    """Have the database go away and come back, twice; what is left in the list has not."""
    outages = [DatabaseOutage(), DatabaseOutage()]
    unit_of_work = parts.database.unit_of_work

    def gone_at_times() -> UnitOfWork:
        if outages:
            raise outages.pop()
        return unit_of_work()

    monkeypatch.setattr(parts.database, "unit_of_work", gone_at_times)
    return outages


def test_deltas_of_a_node_are_put_together_up_to_a_length() -> None:
    events = [
        draft(1, "a", "One "),
        draft(1, "b", "Two "),
        draft(2, "a", "Three "),
        draft(1, "a", "four"),
        draft(1, "a", "", restart="again", vain="One four"),
        draft(1, "a", "Five"),
        draft(1, "b", "x" * LONGEST_DELTA),
        draft(1, "b", "y"),
    ]
    kept = [(e.activity_id, e.data["node"], e.data["delta"]) for e in joined(events)]
    assert kept[:5] == [
        (1, "a", "One four"),
        (1, "b", "Two "),
        (2, "a", "Three "),
        (1, "a", ""),
        (1, "a", "Five"),
    ]
    assert [len(delta) for _, _, delta in kept[5:]] == [LONGEST_DELTA, 1]
    assert events[0].data["delta"] == "One "
