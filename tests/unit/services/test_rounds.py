"""Rounds go on, whatever goes wrong in one, and say what is wrong once."""

import asyncio

from marketer_desktop.services.rounds import Rounds
from tests.guards import Problems


async def at_once() -> None:
    await asyncio.sleep(0)


async def test_a_failed_round_is_told_once_and_followed_by_the_next(log_problems: Problems) -> None:
    problems: list[Exception | None] = [
        OSError("no disk"),
        OSError("still no disk"),
        ValueError("no number"),
        None,
        ValueError("none again"),
    ]
    gone = asyncio.Event()

    async def go() -> None:
        if not problems:
            gone.set()
            return
        problem = problems.pop(0)
        if problem is not None:
            raise problem

    rounds = Rounds("nothing is done", go, at_once)
    rounds.start()
    await asyncio.wait_for(gone.wait(), 30)
    await rounds.stop()
    told = [record.getMessage() for record in log_problems.records]
    assert told == [f"nothing is done: {why}" for why in ("no disk", "no number", "none again")]
    log_problems.records.clear()


async def test_it_stops_in_the_middle_of_a_round_and_before_its_first() -> None:
    begun, ended = asyncio.Event(), []

    async def endless() -> None:
        begun.set()
        try:
            await asyncio.sleep(600)
        finally:
            ended.append(True)

    rounds = Rounds("nothing is done", endless, at_once)
    await rounds.stop()
    rounds.start()
    await asyncio.wait_for(begun.wait(), 30)
    await rounds.stop()
    assert ended == [True]
    begun.clear()
    rounds.start(pause=600)
    await asyncio.sleep(0)
    await rounds.stop()
    assert not begun.is_set()
