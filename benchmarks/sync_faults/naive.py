"""The control: a desktop that sends each change when it is made, and again after each error."""

import json
from dataclasses import dataclass, field
from uuid import uuid4

import httpx

from benchmarks.sync_faults.desk import Desk
from benchmarks.sync_faults.edits import People
from benchmarks.sync_faults.trap import Killed
from marketer_desktop.domain.sync_schedule import Outcome
from tests.factories.serving import signed_in

AGAIN = (401, 408, 413, 429, 500, 502, 503, 504)  # what is thought to help


@dataclass
class NaiveDesk(Desk):
    """Has no outbox: what waits is in memory, and what was sent is not numbered."""

    waiting: list[str] = field(default_factory=list)

    def make_project(self, people: People, number: int) -> None:
        """Somebody makes one."""
        name = people.value("project", number)
        people.note(number, uuid4(), "name", name)
        self.waiting.append(name)
        self.schedule.changed(self.site.clock.now)

    async def round(self) -> Outcome:
        """Send what waits; stop at the first failure, and try it again later."""
        self.schedule.began()
        outcome = Outcome("done")
        try:
            while self.waiting and outcome.kind == "done":
                if await self._made(self.waiting[0]):
                    self.waiting.pop(0)
                else:
                    outcome = Outcome("busy")
        except httpx.HTTPError as error:
            outcome = Outcome("offline", repr(error))
        except Killed:
            self.waiting.clear()
            outcome = Outcome("offline", "killed")
        self.way.trap.clear()
        self.schedule.ended(self.site.clock.now, outcome)
        return outcome

    async def _made(self, name: str) -> bool:
        async with httpx.AsyncClient(
            transport=self.way,
            base_url="http://localhost:8000",
            headers=signed_in(self.site.parts, self.person),
        ) as client:
            answer = await client.post("/api/projects", content=json.dumps({"name": name}))
        return answer.status_code not in AGAIN
