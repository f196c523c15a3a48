"""Syncs the accounts of this machine: at once, after changes, by time, and when somebody asks."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from marketer_desktop.domain.sync_schedule import Outcome, Schedule
from marketer_desktop.events.change import Change, Subject
from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.hybrid.account.accounts import accounts_of
from marketer_desktop.hybrid.sync.round import Round
from marketer_desktop.hybrid.sync.server import Server
from marketer_desktop.observability.logs import log
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.syncing import Standing
from marketer_desktop.storage.outage import DatabaseOutage
from marketer_desktop.storage.repositories.missing import MissingRow

# After these something may wait to be sent.
WRITTEN: frozenset[Subject] = frozenset({"projects", "activities", "organizations"})
MAY_HELP: frozenset[Subject] = frozenset({"accounts", "secrets"})
FAILED = "Syncing has failed. What you changed is kept and sent later."

Open = Callable[[int], Awaitable[Server]]


class _Turns:
    """The rounds of one account, one at a time."""

    def __init__(self, parts: Parts, account_id: int, opened: Open) -> None:
        self._parts, self._account_id, self._opened = parts, account_id, opened
        self._lock = asyncio.Lock()
        self.schedule = Schedule(_now())
        self.last: Outcome | None = None
        self.task: asyncio.Task[None] | None = None

    @property
    def is_syncing(self) -> bool:
        return self._lock.locked()

    def begin(self) -> None:
        """Have a round begin, unless one is under way."""
        if self.task is None or self.task.done():
            self.schedule.began()
            self.task = asyncio.create_task(self.take(), name="sync")

    async def take(self) -> None:
        """One round. Nothing that goes wrong in it goes further than into its outcome."""
        async with self._lock:
            self.schedule.began()
            self._parts.bus.changed("sync")
            try:
                server = await self._opened(self._account_id)
                self.last = await Round(self._parts, server, self._account_id).attempt()
            except MissingRow:  # it was removed since
                self.last = Outcome("signed_out")
            except Exception:  # the next round may go well, and the log has the reason
                log.exception("a round of syncing has failed")
                self.last = Outcome("refused", FAILED)
            self.schedule.ended(_now(), self.last)
        self._parts.bus.changed("sync")


class Runner:
    """Rounds are begun by itself only between `begin` and `close`; `opened` opens sessions."""

    def __init__(self, parts: Parts, opened: Open) -> None:
        self._parts, self._opened = parts, opened
        self._turns: dict[int, _Turns] = {}
        self._signed_in: set[int] = set()
        self._asked = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def standing(self, account_id: int) -> Standing:
        """How it stands with an account."""
        turns = self._turns.get(account_id)
        if turns is None:
            return Standing()
        due = turns.schedule.due
        return Standing(
            turns.is_syncing,
            turns.last.kind if turns.last else None,
            None if due is None else max(0.0, due - _now()),
        )

    def ask(self, account_id: int | None = None) -> None:
        """Let a round begin at once; nobody waits for it."""
        for turns in self._of(account_id):
            turns.schedule.asked(_now())
        self._asked.set()

    async def now(self, account_id: int | None = None) -> None:
        """One round of an account or of all, to its end."""
        await self._look()
        await asyncio.gather(*(turns.take() for turns in self._of(account_id)))
        self._asked.set()

    async def begin(self) -> None:
        """Sync by itself from now on."""
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name="syncing")

    async def close(self) -> None:
        """Give up what is under way; nothing of it is lost."""
        tasks = [each.task for each in self._turns.values()]
        running = [task for task in (self._task, *tasks) if task is not None]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _run(self) -> None:
        async with self._parts.bus.watch() as changes, asyncio.TaskGroup() as tasks:
            tasks.create_task(self._hear(changes), name="sync: hearing")
            self._parts.bus.changed("accounts")  # who is signed in is looked at first
            while True:
                for turns in self._of(None):
                    if turns.schedule.due is not None and turns.schedule.due <= _now():
                        turns.begin()
                await self._wait()

    async def _wait(self) -> None:
        """Until the next round is due, or something has changed that."""
        dues = [t.schedule.due for t in self._of(None) if t.schedule.due is not None]
        with suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, min(dues) - _now()) if dues else None):
                await self._asked.wait()
        self._asked.clear()

    async def _hear(self, changes: "asyncio.Queue[RunEvent | Change | None]") -> None:
        while (event := await changes.get()) is not None:
            if isinstance(event, Change):
                try:
                    await self._heard(event.subject)
                except DatabaseOutage:  # it comes back, and then the timer sees what waits
                    log.warning("what is to be synced cannot be looked up")

    async def _heard(self, subject: Subject) -> None:
        if subject in MAY_HELP:
            await self._look()
            self.ask()
        elif subject in WRITTEN:
            await self._note_written()
        elif subject == "sync":  # a round has ended
            self._asked.set()

    async def _look(self) -> None:
        """Which accounts are signed in now."""
        async with self._parts.database.autocommit() as work:
            self._signed_in = {row.id for row in await work.server_accounts.signed_in()}
        for number in self._signed_in - self._turns.keys():
            self._turns[number] = _Turns(self._parts, number, self._opened)

    def _of(self, account_id: int | None) -> list[_Turns]:
        """Those of one account or of all, as far as they are signed in."""
        asked = self._signed_in if account_id is None else self._signed_in & {account_id}
        return [self._turns[number] for number in sorted(asked)]

    async def _note_written(self) -> None:
        """What waits is sent soon."""
        async with self._parts.database.autocommit() as work:
            counts = await work.outbox.counts()
        for number, turns in self._turns.items():
            if counts.get((number, "waiting")):
                turns.schedule.changed(_now())
        self._asked.set()


def _now() -> float:
    return asyncio.get_running_loop().time()


async def synced(parts: Parts) -> Runner:
    """For `Syncer.learn`."""
    return Runner(parts, (await accounts_of(parts)).session)
