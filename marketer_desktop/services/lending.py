"""The model of this machine lent to an organization: whether it is, to whom, and what it did."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from pydantic import BaseModel

State = Literal["off", "connecting", "connected", "waiting", "paused", "refused"]
ELSEWHERE = "This process cannot lend its model. Open the window, or run “marketer agent”."


class ServedRequest(BaseModel):
    """One request of the server: never what was asked or answered.

    `seconds` are from its arrival until now, or until its end.
    """

    id: UUID
    model: str
    state: Literal["waiting", "writing", "done", "failed", "cancelled"]
    began_at: datetime
    seconds: float
    prompt_tokens: int = 0
    completion_tokens: int = 0
    problem: str = ""


class Lending(BaseModel):
    """How it stands. `retry_seconds` is when the next attempt comes while it is `waiting`."""

    state: State
    server: str = ""
    problem: str = ""
    retry_seconds: float | None = None
    models: list[str] = []
    capacity: int = 0
    answered: int = 0
    failed: int = 0
    requests: list[ServedRequest] = []


class Lent(Protocol):
    """A connection that is held until it is closed."""

    @property
    def lending(self) -> Lending:
        """How it stands."""

    async def pause(self) -> None:
        """Let the server ask others from now on, also what is under way here."""

    async def go_on(self) -> None:
        """Connect again, at once."""

    async def close(self) -> None:
        """End it."""


class Lender:
    """Lends nothing until it is told to; a process that was not told how cannot."""

    def __init__(self) -> None:
        self._how: Callable[[str, str], Awaitable[Lent]] | None = None
        self._lent: Lent | None = None

    def learn(self, how: Callable[[str, str], Awaitable[Lent]]) -> None:
        """From now on this process can lend its models to a server, given its address and a key.

        `how` raises `ValueError` for an address that cannot be used.
        """
        self._how = how

    @property
    def lending(self) -> Lending:
        """How it stands."""
        return Lending(state="off") if self._lent is None else self._lent.lending

    async def lend(self, server: str, key: str) -> None:
        """Lend them there and nowhere else. Raises `ValueError`."""
        if self._how is None:
            raise ValueError(ELSEWHERE)
        lent = await self._how(server, key)
        await self.close()
        self._lent = lent

    async def pause(self) -> None:
        """Let the server ask others until `go_on`."""
        if self._lent is not None:
            await self._lent.pause()

    async def go_on(self) -> None:
        """Connect again, at once."""
        if self._lent is not None:
            await self._lent.go_on()

    async def close(self) -> None:
        """Lend nothing any more."""
        lent, self._lent = self._lent, None
        if lent is not None:
            await lent.close()
