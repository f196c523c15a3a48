"""Asks the agents of an organization, wherever they are connected, and waits for the answer."""

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from marketer_desktop.llm.agent_chat import Spent
from marketer_desktop.llm.errors import ModelError, cut_short
from marketer_desktop.services.agent_desk import News
from marketer_desktop.services.agent_frames import Offered, Taken, Told, Withdrawn
from marketer_desktop.services.agent_hub import announce
from marketer_desktop.services.agent_problems import (
    NOBODY,
    SILENCE_SECONDS,
    SILENT,
    VANISHED,
    AgentProblem,
    AgentsLeft,
    NoAgent,
    error_of,
)
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.outage import DatabaseOutage
from marketer_desktop.storage.repositories.agent_requests import OPEN
from marketer_desktop.storage.tables import AgentRequestRow

LOOK_SECONDS = 2.0  # without news, after which the request is looked at
KEPT_SECONDS = 3600.0  # longer than any run


@dataclass
class AgentQuestions:
    """The requests of one run: the same one is the same request, also in another process.

    With `others_may` somebody else can answer: then agents that have gone are not waited for.
    """

    parts: Parts
    organization_id: int
    scope: UUID
    others_may: bool = False
    _taken: dict[UUID, bool] = field(default_factory=dict)

    @property
    def waits(self) -> bool:
        """Whether nobody is at work on any of the requests, but there are some."""
        return bool(self._taken) and not any(self._taken.values())

    async def ask(self, request: dict[str, Any]) -> AsyncGenerator[str | Spent, None]:
        """The answer in pieces, then what it took. Raises `ModelError`s.

        Whoever stops listening withdraws the request.
        """
        request_id = uuid5(self.scope, json.dumps(request, sort_keys=True))
        question = _Question(self, request_id)
        self._taken[request_id] = False
        try:
            with self.parts.agents.hearing(request_id) as news:
                found = await question.put(request)
                while True:
                    for part in found:
                        yield part
                    if question.is_over:
                        return
                    found = await question.heard(await _next(news))
        finally:
            self._taken.pop(request_id, None)
            if not question.is_over:
                await asyncio.shield(question.withdraw())

    async def close(self) -> None:
        """There is nothing to close: each request has its own end."""

    def error_of(self, problem: AgentProblem) -> ModelError:
        """What a run is told of a problem."""
        error = error_of(problem)
        gone = self.others_may and isinstance(error, NoAgent)
        return AgentsLeft(str(error)) if gone else error

    def note(self, request_id: UUID, taken: bool) -> None:
        """An agent has the request, or has it no more."""
        self._taken[request_id] = taken


async def _next(news: "asyncio.Queue[News]") -> News:
    """What comes next; None after a while without any."""
    with suppress(TimeoutError):
        async with asyncio.timeout(LOOK_SECONDS):
            return await news.get()
    return None


class _Question:
    """One request, from the side of whoever asks."""

    def __init__(self, questions: AgentQuestions, request_id: UUID) -> None:
        self._questions, self._id = questions, request_id
        self._parts, self._organization = questions.parts, questions.organization_id
        self._told = ""
        self._heard_at = asyncio.get_running_loop().time()
        self.is_over = False  # there is nothing to withdraw

    async def put(self, request: dict[str, Any]) -> list[str | Spent]:
        """Queue the request; there may be an answer. Raises `NoAgent` if nobody is there."""
        async with self._parts.database.unit_of_work() as work:
            await work.agent_requests.ask(self._id, self._organization, request, KEPT_SECONDS)
            await announce(work, [Offered(organization_id=self._organization)])
            await work.commit()
        return await self._look()

    async def heard(self, news: News) -> list[str | Spent]:
        """What there is of the answer now that was not told before."""
        if isinstance(news, Taken):
            self._heard()
            return []
        if not isinstance(news, Told):
            return await self._look()
        self._heard()
        if news.at > len(self._told):  # a piece was missed; the whole comes at the end
            return []
        again = self._told[news.at :]  # an agent that comes back begins at the beginning
        if again.startswith(news.text):
            return []
        if not news.text.startswith(again):  # another agent writes something else
            self.is_over = True
            raise cut_short()
        more = news.text[len(again) :]
        self._told += more
        return [more]

    def _heard(self) -> None:
        self._questions.note(self._id, taken=True)
        self._heard_at = asyncio.get_running_loop().time()

    async def _look(self) -> list[str | Spent]:
        """See how the request stands; an outage of the database is sat out."""
        try:
            async with self._parts.database.unit_of_work() as work:
                row = await work.agent_requests.get(self._id)
                agents = await work.agent_connections.are_there(self._organization)
        except DatabaseOutage:
            return []
        if row is None or row.status == "cancelled":
            self.is_over = True
            raise cut_short()
        if row.status == "completed":
            return self._whole(row)
        if row.status == "failed":
            self.is_over = True
            raise self._questions.error_of(AgentProblem.model_validate(row.error))
        self._questions.note(self._id, taken=row.status == "sent")
        silent = asyncio.get_running_loop().time() - self._heard_at > SILENCE_SECONDS
        if row.status == "waiting" and not agents:
            await self._give_up(VANISHED if row.offers else NOBODY, row.status)
        elif row.status == "sent" and silent:
            await self._give_up(SILENT, row.status)
        return []

    def _whole(self, row: AgentRequestRow) -> list[str | Spent]:
        self.is_over = True
        if not row.content.startswith(self._told):  # it is another agent's: asked again, it is told
            raise cut_short()
        rest = row.content[len(self._told) :]
        usage = row.usage or {}
        spent = Spent(usage.get("prompt_tokens", 0), usage.get("completion_tokens", 0))
        return [*([rest] if rest else []), spent]

    async def _give_up(self, problem: AgentProblem, status: str) -> None:
        # An agent may have come, or have gone, since it was seen to stand like this.
        ended = await self._end({"status": "failed", "error": problem.model_dump()}, [status])
        if ended:
            self.is_over = True
            raise self._questions.error_of(problem)

    async def withdraw(self) -> None:
        """Nobody waits for the answer any more: let the agent stop."""
        with suppress(DatabaseOutage):
            await self._end({"status": "cancelled"}, OPEN)

    async def _end(self, values: dict[str, Any], statuses: Sequence[str]) -> bool:
        async with self._parts.database.unit_of_work() as work:
            ended = await work.agent_requests.end(self._id, values, statuses)
            await announce(work, [Withdrawn(request_id=self._id)] if ended else [])
            await work.commit()
        return ended
