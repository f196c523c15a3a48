"""One seed: people write, faults strike, the faults end, and the oracle looks."""

import heapq
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import NamedTuple

from benchmarks.sync_faults.desk import Desk
from benchmarks.sync_faults.edits import (
    AT_DESKTOPS,
    ON_SERVER,
    Edit,
    Hand,
    People,
    new_activity,
    new_campaign,
    new_project,
    write_text,
)
from benchmarks.sync_faults.faults import FAULTS
from benchmarks.sync_faults.naive import NaiveDesk
from benchmarks.sync_faults.oracle import Step, complaints, doubled, history
from benchmarks.sync_faults.trap import Trap
from benchmarks.sync_faults.way import POISONED, Clock, Site, Way
from benchmarks.sync_faults.world import World
from marketer_desktop.domain.sync_schedule import Outcome
from marketer_desktop.services.call import ServiceError
from marketer_desktop.storage.repositories.workspaces import Member
from tests.factories.serving import add_organization, add_teammate

RESTORED = 0.1  # of the seeds have a server that goes on from a backup
REVOKED = 0.3
SPOILT = 0.2  # have something standing before the server that never takes a certain change
SPOILERS = (403, 500, 502)
MOST_PASSES = 10  # of rounds, until all has to be quiet
HAPPENINGS = (
    "clock a day ahead",
    "clock a day behind",
    "token revoked",
    "server restored from a backup",
    POISONED,
)
ROLES = ("owner", "admin", "member")
Action = Callable[[], Awaitable[None]]


class Length(NamedTuple):
    """How long people write and faults strike, and how often; of the requests `share` meet one."""

    seconds: float
    edits: int
    share: float


LONG, SHORT = Length(120.0, 18, 0.35), Length(12.0, 4, 0.5)


@dataclass
class Verdict:
    """Of one seed."""

    seed: int
    complaints: list[str]
    struck: Counter[str]
    written: int
    rounds: int
    naive: bool


@dataclass
class Simulation:
    """A seed replays itself: all that is random comes from it, but for identities and keys."""

    world: World
    seed: int
    tell: Callable[[str], None] = lambda told: None
    naive: bool = False
    length: Length = LONG
    rng: random.Random = field(init=False)
    clock: Clock = field(default_factory=Clock)
    lost: list[Step] = field(default_factory=list)
    rounds: int = 0
    _events: list[tuple[float, int, Action]] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=count)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        self.people = People(self.rng)

    async def run(self) -> Verdict:
        """All of it."""
        await self._begin()
        self._plan()
        while self._events or self._due():
            await self._step()
        restless = await self._calm()
        if self.naive:
            found = await doubled(self.site.parts, self.people)
        else:
            found = await complaints(self.site.parts, self.desks, self.people, self.lost)
            found = [*restless, *found]
        for desk in self.desks:
            await desk.parts.servers.close()
        written = len(self.people.written)
        return Verdict(self.seed, found, self.site.struck, written, self.rounds, self.naive)

    async def _begin(self) -> None:
        await self.world.empty()
        server = self.world.server
        self.site = Site(
            server, Trap(server.database_url), self.clock, self.rng, self._later, self._tell
        )
        home = await add_organization(server, "Team")
        self.team = [
            await add_teammate(server, f"{role}@example.com", home, role) for role in ROLES
        ]
        if not self.naive:
            await self._furnish()
        self.desks: list[Desk] = []
        for parts, person in zip(self.world.desktops, self.team, strict=True):
            trap = Trap(parts.database_url)
            kind = NaiveDesk if self.naive else Desk
            desk = kind(parts, self.site, Way(self.site, trap, FAULTS, self.length.share), person)
            desk.start()
            await desk.sign_in()
            self.desks.append(desk)

    async def _furnish(self) -> None:
        """The team has something before the desktops join it."""
        hand = Hand(self.people, self.site.parts, self.team[0].member, None)
        for edit in (new_project, new_campaign, new_activity, write_text):
            await edit(hand)

    def _plan(self) -> None:
        seconds = self.length.seconds
        for _ in range(self.length.edits):
            who = self.rng.choice((None, 0, 0, 1, 1, 2, 2))
            table = ON_SERVER if who is None else AT_DESKTOPS
            (edit,) = self.rng.choices(list(table), list(table.values()))
            self._at(self.rng.uniform(0, seconds), self._edit(who, edit))
        for number in range(len(self.desks)):
            self._at(self.rng.uniform(0, seconds), self._wrong_clock(number))
            if self.rng.random() < REVOKED:
                self._at(self.rng.uniform(0, seconds), self._revoke(number))
        is_restored = self.rng.random() < RESTORED
        if self.naive:
            return
        if is_restored:
            saved = self.rng.uniform(0, seconds)
            self._at(saved, self._back_up(self.rng.uniform(1, seconds - saved + 1)))
        if self.rng.random() < SPOILT:
            self.site.poison = self.rng.choice(SPOILERS)
            self.people.poisoners.add(self.rng.randrange(len(self.desks)))

    def _tell(self, told: str) -> None:
        self.tell(f"{self.clock.now:6.1f} {told}")

    def _at(self, moment: float, action: Action) -> None:
        heapq.heappush(self._events, (moment, next(self._numbers), action))

    def _later(self, seconds: float, action: Action) -> None:
        self._at(self.clock.now + seconds, action)

    def _due(self) -> Desk | None:
        """The desktop whose round is next, while people are still at work."""
        dues = [desk for desk in self.desks if desk.schedule.due is not None]
        first = min(dues, key=lambda desk: desk.schedule.due or 0.0, default=None)
        if first is None or (first.schedule.due or 0.0) >= self.length.seconds:
            return None
        return first

    async def _step(self) -> None:
        desk = self._due()
        moment = desk.schedule.due if desk is not None else None
        if moment is None or (self._events and self._events[0][0] <= moment):
            at, _, action = heapq.heappop(self._events)
            self.clock.now = max(self.clock.now, at)
            await action()
        elif desk is not None:
            self.clock.now = max(self.clock.now, moment)
            await self._round(desk)

    async def _round(self, desk: Desk) -> Outcome:
        self.rounds += 1
        self._tell(f"desktop {self.desks.index(desk)} begins a round")
        outcome = await desk.round()
        self._tell(f"desktop {self.desks.index(desk)}: {outcome.kind} {outcome.problem}")
        return outcome

    def _edit(self, who: int | None, edit: Edit) -> Action:
        async def act() -> None:
            if who is None:
                person = self.team[0]
                member: Member | None = person.member
                parts = self.site.parts
            else:
                desk = self.desks[who]
                if isinstance(desk, NaiveDesk):
                    desk.make_project(self.people, who)
                    return
                parts, member = desk.parts, await desk.member()
            if member is None:
                return  # nothing was synced yet
            self._tell(f"{'server' if who is None else who}: {edit.__name__}")
            try:
                await edit(Hand(self.people, parts, member, who))
            except ServiceError:
                return  # refused on the spot: told to whoever did it
            if who is not None:
                self.desks[who].schedule.changed(self.clock.now)

        return act

    def _wrong_clock(self, number: int) -> Action:
        async def act() -> None:
            days = self.rng.choice((-1, 1))
            self.desks[number].wrong = timedelta(days=days)
            self.site.strike(f"clock a day {'ahead' if days > 0 else 'behind'}")

        return act

    def _revoke(self, number: int) -> Action:
        async def act() -> None:
            async with self.site.parts.database.unit_of_work() as work:
                await work.sessions.close_all(self.team[number].user_id)
                await work.commit()
            self.site.strike("token revoked")
            self._later(self.rng.uniform(5, 60), self._sign_in(number))

        return act

    def _sign_in(self, number: int) -> Action:
        async def act() -> None:
            await self.desks[number].sign_in()
            self.desks[number].schedule.asked(self.clock.now)

        return act

    def _back_up(self, seconds: float) -> Action:
        async def act() -> None:
            backup = await self.world.backed_up()
            self._tell("backup")

            async def restore() -> None:
                self.lost = await history(self.site.parts)
                await self.world.restore(backup)
                server = self.world.server
                self.site.parts, self.site.trap = server, Trap(server.database_url)
                self.site.strike("server restored from a backup")

            self._later(seconds, restore)

        return act

    async def _calm(self) -> list[str]:
        """The faults are over; everybody syncs until nothing goes either way any more.

        Whoever is signed out signs in again: a restored server has forgotten its last sessions.
        """
        self.site.calm = True
        self.clock.now = max(self.clock.now, self.length.seconds)
        outcomes: list[Outcome] = []
        for _ in range(MOST_PASSES):
            for desk in self.desks:
                if desk.schedule.due is None:
                    await desk.sign_in()
            before = self.site.pushes
            outcomes = [await self._round(desk) for desk in self.desks]
            done = all(each.kind == "done" for each in outcomes)
            if done and self.site.pushes == before:
                return []
        return [f"never quiet: {each.kind} {each.problem}" for each in outcomes]
