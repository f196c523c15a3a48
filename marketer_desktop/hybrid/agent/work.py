"""The requests that this machine is at, and the answers that a server may ask for once more."""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID

from marketer_desktop.hybrid.agent.frames import LlmRequest
from marketer_desktop.observability.logs import log
from marketer_desktop.services.agent_frames import Answered, Usage
from marketer_desktop.services.agent_problems import AgentProblem, problem_of
from marketer_desktop.services.lending import ServedRequest

Say = Callable[[dict[str, Any]], None]
Answer = Callable[
    [LlmRequest, Callable[[], None], Callable[[str], None]], Awaitable[Usage]
]  # the request, who hears that it begins, and who hears the text
GRACE_SECONDS = 30.0  # in which a server that comes back finds a request still under way
# Of what was answered, for who asks the same again: a run does so for half a minute, in which the
# fastest models answer far fewer others.
KEPT_ANSWERS, KEPT_SECONDS = 256, 600.0
SHOWN = 50
BUSY = AgentProblem(code="busy", message="This desktop is at as many requests as it takes.")
CANCELLED = AgentProblem(code="cancelled", message="It was cancelled.")


@dataclass
class _Entry:
    """A request: `say` is the connection that wants its answer, None when none does."""

    request: LlmRequest
    say: Say | None
    state: Literal["waiting", "writing", "done", "failed", "cancelled"] = "waiting"
    told: list[str] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)
    problem: AgentProblem | None = None
    task: "asyncio.Task[None] | None" = None
    grace: asyncio.TimerHandle | None = None  # ends it, while no connection wants its answer
    began_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    began: float = field(default_factory=time.monotonic)
    ended: float | None = None

    @property
    def is_over(self) -> bool:
        return self.ended is not None

    def heard_by(self, say: Say) -> None:
        """A connection wants its answer."""
        self.say = say
        self._keep()

    def end(self) -> None:
        """It is over."""
        self._keep()
        self.ended = time.monotonic()

    def _keep(self) -> None:
        if self.grace is not None:
            self.grace.cancel()
            self.grace = None

    def last_word(self) -> dict[str, Any]:
        """The frame that ends the answer, with all of the text."""
        answered = Answered(
            request_id=self.request.id,
            content="" if self.problem else "".join(self.told),
            done=True,
            usage=self.usage,
            error=self.problem,
        )
        return answered.model_dump(mode="json", exclude_none=True)

    def seen(self) -> ServedRequest:
        """What people are shown of it."""
        return ServedRequest(
            id=self.request.id,
            model=self.request.model,
            state=self.state,
            began_at=self.began_at,
            seconds=(self.ended or time.monotonic()) - self.began,
            problem=self.problem.message if self.problem else "",
            **self.usage.model_dump(),
        )


class _Kept(NamedTuple):
    """What is left of a request that was answered: not what was asked, which is longer."""

    since: float
    last_word: dict[str, Any]


class Work:
    """Each request is answered once, however often it is asked.

    A connection has at most `capacity` at a time. What is still under way for one that was lost
    takes no place from the next, which was promised all of them: there the model's own places say
    what waits.
    """

    def __init__(self, answer: Answer, changed: Callable[[], None]) -> None:
        self._answer, self._changed = answer, changed
        self._running: dict[UUID, _Entry] = {}
        self._kept: OrderedDict[UUID, _Kept] = OrderedDict()
        self._seen: deque[ServedRequest] = deque(maxlen=SHOWN)
        self._tasks: set[asyncio.Task[None]] = set()  # also those that were cancelled, to their end
        self.capacity = 1
        self.answered = self.failed = 0

    @property
    def requests(self) -> list[ServedRequest]:
        """Those under way, and the last ones before them; the newest first."""
        return [*(entry.seen() for entry in reversed(self._running.values())), *self._seen]

    def take(self, request: LlmRequest, say: Say) -> None:
        """Answer through `say`: anew, from where it stands, or from what was answered before."""
        self._forget_old()
        if entry := self._running.get(request.id):
            entry.heard_by(say)
            if entry.told:
                say(_piece(request.id, "".join(entry.told)))
        elif kept := self._kept.get(request.id):
            say(kept.last_word)
        elif self._wanted() >= self.capacity:
            refused = Answered(request_id=request.id, done=True, error=BUSY)
            say(refused.model_dump(mode="json", exclude_none=True))
        else:
            self._begin(_Entry(request, say))
        self._changed()

    def _wanted(self) -> int:
        return sum(entry.say is not None for entry in self._running.values())

    def _begin(self, entry: _Entry) -> None:
        self._running[entry.request.id] = entry
        entry.task = asyncio.create_task(self._carry_out(entry), name="answer for a server")
        self._tasks.add(entry.task)
        entry.task.add_done_callback(self._tasks.discard)

    def cancel(self, request_id: UUID) -> None:
        """Nobody waits for this answer; the server hears that its place is free."""
        entry = self._running.get(request_id)
        if entry is not None:
            self._stop(entry)

    def _stop(self, entry: _Entry) -> None:
        self._drop(entry)
        entry.state, entry.problem = "cancelled", CANCELLED
        self._over(entry)

    def _drop(self, entry: _Entry) -> None:
        """It has ended at once: a task that has not begun never hears that it is cancelled."""
        if entry.task is not None:
            entry.task.cancel()
        entry.end()
        del self._running[entry.request.id]

    def disconnected(self, say: Say) -> None:
        """A connection is gone; what nobody asks for again is given up after a while."""
        loop = asyncio.get_running_loop()
        for entry in [each for each in self._running.values() if each.say == say]:
            entry.say = None
            if entry.state == "waiting":  # nothing is lost: whoever asks again asks the first time
                self._drop(entry)
            else:
                entry.grace = loop.call_later(GRACE_SECONDS, self._stop, entry)

    async def stop(self) -> None:
        """Give up all that is under way."""
        for entry in list(self._running.values()):
            self._stop(entry)
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _carry_out(self, entry: _Entry) -> None:
        def begin() -> None:
            entry.state = "writing"
            self._changed()

        def tell(text: str) -> None:
            entry.told.append(text)
            if entry.say is not None:
                entry.say(_piece(entry.request.id, text))

        try:
            usage = await self._answer(entry.request, begin, tell)
        except Exception as error:  # whoever asked is told
            self._ended(entry, Usage(), problem_of(error))
        else:
            self._ended(entry, usage)

    def _ended(self, entry: _Entry, usage: Usage, problem: AgentProblem | None = None) -> None:
        if entry.is_over:  # it was cancelled: what comes of it then is nobody's
            return
        entry.state = "failed" if problem else "done"
        entry.usage, entry.problem = usage, problem
        if problem:
            log.warning("a request of the server failed: %s", problem.code)
        entry.end()
        del self._running[entry.request.id]
        self._over(entry)

    def _over(self, entry: _Entry) -> None:
        self.answered += entry.state == "done"
        self.failed += entry.state == "failed"
        self._seen.appendleft(entry.seen())
        if entry.say is not None:
            end = entry.last_word() if entry.problem else {**entry.last_word(), "content": ""}
            entry.say(end)
            entry.say = None
        if entry.state == "done":
            self._kept[entry.request.id] = _Kept(time.monotonic(), entry.last_word())
        self._forget_old()
        self._changed()

    def _forget_old(self) -> None:
        oldest = time.monotonic() - KEPT_SECONDS
        while self._kept:
            request_id, kept = next(iter(self._kept.items()))
            if len(self._kept) <= KEPT_ANSWERS and kept.since > oldest:
                return
            del self._kept[request_id]


def _piece(request_id: UUID, text: str) -> dict[str, Any]:
    return {"request_id": str(request_id), "content": text, "done": False}
