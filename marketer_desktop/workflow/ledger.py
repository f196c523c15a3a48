"""The ledger of a run: a model call that has finished is never made again."""

import hashlib
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from marketer_desktop import __version__
from marketer_desktop.observability.metrics import count, observe
from marketer_desktop.storage.database import Database


@dataclass(frozen=True)
class RunIdentity:
    """Which run of which activity, and whose."""

    activity_id: int
    organization_id: int
    run_id: UUID


@dataclass(frozen=True)
class Entry:
    """One call: where in the graph it is made, by which agent, and with what."""

    agent: str
    node: str
    inputs: dict[str, Any]
    attempt: int = 1
    provider: str | None = None
    model: str | None = None

    @property
    def input_hash(self) -> str:
        """SHA-256 of the inputs, provider and model."""
        whole = [self.provider, self.model, self.inputs]
        return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Outcome:
    """What a call gave, and the tokens it took by the provider's own count."""

    output: dict[str, Any]
    tokens_input: int = 0
    tokens_output: int = 0


class Ledger:
    """Consulted before a call and written right after it, each in a transaction of its own."""

    def __init__(self, database: Database, run: RunIdentity) -> None:
        self._database = database
        self.run = run

    async def once(self, entry: Entry, make: Callable[[], Awaitable[Outcome]]) -> Outcome:
        """The recorded outcome of `entry`, or that of `make()`, recorded before it is returned.

        Raises `RunIsOver` if somebody has ended the run: it makes no more calls.
        """
        async with self._database.ledger() as calls:
            row = await calls.start(
                activity_id=self.run.activity_id,
                organization_id=self.run.organization_id,
                run_id=self.run.run_id,
                agent_name=entry.agent,
                agent_version=__version__,
                node=entry.node,
                attempt=entry.attempt,
                input_hash=entry.input_hash,
                input_data=entry.inputs,
                llm_provider=entry.provider,
                llm_model=entry.model,
            )
            if row.status == "completed":
                return Outcome(row.output_data or {}, row.tokens_input, row.tokens_output)
        return await self._made(row.id, entry.agent, make)

    async def _made(
        self, row_id: int, agent: str, make: Callable[[], Awaitable[Outcome]]
    ) -> Outcome:
        began = time.perf_counter()
        try:
            outcome = await make()
        except Exception as error:
            _measured(agent, "failed", time.perf_counter() - began)
            async with self._database.ledger() as calls:
                await calls.fail(row_id, str(error))
            raise
        seconds = time.perf_counter() - began
        _measured(agent, "completed", seconds)
        async with self._database.ledger() as calls:
            await calls.finish(
                row_id,
                output=outcome.output,
                tokens_in=outcome.tokens_input,
                tokens_out=outcome.tokens_output,
                duration_ms=round(seconds * 1000),
            )
        return outcome


def _measured(agent: str, status: str, seconds: float) -> None:
    count("agent_executions_total", agent_name=agent, status=status)
    observe("agent_duration_seconds", seconds, agent_name=agent)
