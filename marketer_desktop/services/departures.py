"""The log of what has left this machine: written every few seconds, shown, and soon forgotten."""

import asyncio
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel

from marketer_desktop.domain.departures import Departure
from marketer_desktop.observability.logs import log
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.pages import Paged, Pagination
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.rounds import Rounds
from marketer_desktop.storage.full_disk import DiskIsFull
from marketer_desktop.storage.outage import DatabaseOutage
from marketer_desktop.storage.repositories.departures import Departed
from marketer_desktop.storage.unit_of_work import UnitOfWork

PAUSE = 2.0  # seconds in which what repeats itself becomes one entry
KEPT, MOST_KEPT = timedelta(days=90), 10_000


class DepartureEntry(BaseModel):
    """Something that left, `times` within seconds, with so many bytes in all: never its content.

    `at` is the last time; `account` is the address of the account that it left for.
    """

    at: datetime
    account_id: int | None
    account: str | None
    destination: str
    kind: Departure
    what: str
    times: int
    bytes: int


class DeparturePage(BaseModel):
    """Newest first; the sum of bytes is over all pages, `kinds` are all that occur."""

    departures: list[DepartureEntry]
    total_bytes: int
    kinds: list[Departure]
    pagination: Pagination


class ShowDepartures(Paged, Call[DeparturePage]):
    """What has left this machine in the last 90 days, of one kind or of all."""

    kind: Departure | None = None


class ClearedDepartures(BaseModel):
    """The log is empty; `count` entries were removed."""

    count: int


class ClearDepartures(Call[ClearedDepartures]):
    """Forget what has left this machine until now."""


async def show_departures(call: ShowDepartures, parts: Parts, emit: Emit) -> DeparturePage:
    """Also what has left just now."""
    await write_departures(parts)
    async with parts.database.unit_of_work() as work:
        sums = await work.departures.sums()
        rows = await work.departures.page(call.kind, call.offset, call.per_page)
    counted = [each for kind, each in sums.items() if call.kind in (None, kind)]
    entries = [
        DepartureEntry.model_validate(
            {
                "at": row.at,
                "account_id": row.account_id,
                "account": account,
                "destination": row.destination,
                "kind": row.kind,
                "what": row.what,
                "times": row.times,
                "bytes": row.bytes,
            }
        )
        for row, account in rows
    ]
    return DeparturePage(
        departures=entries,
        total_bytes=sum(size for _, size in counted),
        kinds=list(sums),
        pagination=call.pagination(sum(count for count, _ in counted)),
    )


async def clear_departures(call: ClearDepartures, parts: Parts, emit: Emit) -> ClearedDepartures:
    """Nothing else is changed."""
    await write_departures(parts)
    async with parts.database.unit_of_work() as work:
        count = sum(count for count, _ in (await work.departures.sums()).values())
        await work.departures.clear()
        await work.commit()
    return ClearedDepartures(count=count)


async def write_departures(parts: Parts) -> None:
    """Keep what was noted since the last time; what cannot be kept now is noted again."""
    taken = parts.departures.take()
    if not taken:
        return
    now = datetime.now(UTC)
    departed = [
        Departed(
            at=now,
            account_id=noted.account_id,
            destination=noted.destination,
            kind=noted.kind,
            what=noted.what,
            times=times,
            bytes=size,
        )
        for noted, times, size in taken
    ]
    try:
        async with parts.database.unit_of_work() as work:
            await work.departures.add(departed)
            await work.commit()
    except BaseException:
        parts.departures.put_back(taken)
        raise


async def forget_departures(work: UnitOfWork) -> None:
    """Remove those that were kept long enough."""
    await work.departures.forget(KEPT, MOST_KEPT)


class DepartureLog:
    """Writes what leaves as long as its engine lives."""

    def __init__(self, parts: Parts, pause: float = PAUSE) -> None:
        self._parts, self._pause = parts, pause
        self._rounds = Rounds("the log of departures not written", self._write, self._wait)

    async def start(self) -> None:
        """Begin, in the background."""
        self._rounds.start()

    async def stop(self) -> None:
        """Write what is left, and end."""
        await self._rounds.stop()
        try:
            await write_departures(self._parts)
        except (DatabaseOutage, DiskIsFull) as problem:
            log.warning("the last departures are not written: %s", problem)

    async def _write(self) -> None:
        await write_departures(self._parts)

    async def _wait(self) -> None:
        await self._parts.departures.some()
        await asyncio.sleep(self._pause)
