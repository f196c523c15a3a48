"""What leaves this machine is written down, shown and soon forgotten; its content never is."""

from datetime import UTC, datetime, timedelta

import pytest

from marketer_desktop.observability.departures import Noted
from marketer_desktop.services import departures
from marketer_desktop.services.carry_out import carry_out
from marketer_desktop.services.departures import (
    ClearDepartures,
    DepartureLog,
    ShowDepartures,
    write_departures,
)
from marketer_desktop.services.keep_house import keep_house
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.outage import DatabaseOutage
from marketer_desktop.storage.repositories.departures import Departed
from tests.factories.engines import Ear
from tests.guards import Problems, told
from tests.patience import becomes_true

PUSH = Noted("sync_push", "team.example.com", "Changes of 3 rows")
ANSWER = Noted("agent_answer", "team.example.com", "An answer of the starter model")


async def shown(parts: Parts, **asked: object) -> list[tuple[str, int, int]]:
    page = await carry_out(ShowDepartures.model_validate(asked), parts, Ear())
    return [(each.what, each.times, each.bytes) for each in page.departures]


async def test_what_repeats_itself_is_one_entry(parts: Parts) -> None:
    parts.departures.note(PUSH, 100)
    parts.departures.note(PUSH, 20)
    assert await shown(parts) == [(PUSH.what, 2, 120)]
    parts.departures.note(ANSWER, 7)
    parts.departures.note(PUSH)
    assert sorted(await shown(parts)) == [
        (ANSWER.what, 1, 7),
        (PUSH.what, 1, 0),
        (PUSH.what, 2, 120),
    ]
    assert await shown(parts, kind="agent_answer") == [(ANSWER.what, 1, 7)]
    page = await carry_out(ShowDepartures(kind="sync_push", per_page=1), parts, Ear())
    assert (page.total_bytes, page.pagination.total) == (120, 2)
    assert page.kinds == ["agent_answer", "sync_push"]
    assert (await carry_out(ClearDepartures(), parts, Ear())).count == 3
    assert await shown(parts) == []


async def test_they_are_written_without_anybody_asking(parts: Parts) -> None:
    log = DepartureLog(parts, pause=0.0)
    await log.start()
    parts.departures.note(PUSH)

    async def written() -> bool:
        async with parts.database.unit_of_work() as work:
            return bool(await work.departures.sums())

    await becomes_true(written)
    parts.departures.note(ANSWER)
    await log.stop()
    async with parts.database.unit_of_work() as work:
        assert set(await work.departures.sums()) == {"agent_answer", "sync_push"}


async def test_what_cannot_be_written_now_is_written_later(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise OSError("the database is away")

    parts.departures.note(PUSH, 5)
    monkeypatch.setattr(parts.database, "unit_of_work", fail)
    with pytest.raises(OSError, match="away"):
        await write_departures(parts)
    monkeypatch.undo()
    assert await shown(parts) == [(PUSH.what, 1, 5)]


async def test_an_engine_ends_also_without_its_database(
    parts: Parts, monkeypatch: pytest.MonkeyPatch, log_problems: Problems
) -> None:
    def fail() -> None:
        raise DatabaseOutage

    log = DepartureLog(parts)
    await log.start()
    parts.departures.note(PUSH, 5)
    monkeypatch.setattr(parts.database, "unit_of_work", fail)
    await log.stop()
    assert "the last departures are not written" in told(log_problems.records)[-1]
    log_problems.records.clear()


async def test_old_ones_and_all_too_many_are_forgotten(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(departures, "MOST_KEPT", 3)
    now = datetime.now(UTC)
    ages = (91, 89, 2, 1, 0)
    async with parts.database.unit_of_work() as work:
        await work.departures.add(
            Departed(now - timedelta(days=age), None, "x.example", "publish", str(age), 1, 0)
            for age in ages
        )
        await work.commit()
    await keep_house(parts)
    assert [what for what, *_ in await shown(parts)] == ["0", "1", "2"]
    monkeypatch.setattr(departures, "MOST_KEPT", 10_000)
    async with parts.database.unit_of_work() as work:
        await work.departures.add(
            [Departed(now - timedelta(days=91), None, "x.example", "publish", "91", 1, 0)]
        )
        await work.commit()
    await keep_house(parts)
    assert [what for what, *_ in await shown(parts)] == ["0", "1", "2"]
