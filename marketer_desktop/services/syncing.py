"""The syncing of this process: when it happens, and how it stands with each account."""

from collections.abc import Awaitable, Callable
from typing import Literal, NamedTuple, Protocol

from marketer_desktop.domain.sync_schedule import Kind

NOT_HERE = "This process cannot sync. Open the window, or run “marketer sync now”."


class Standing(NamedTuple):
    """How the last round of an account ended, and when the next one comes.

    None before the first, or while only a person can help.
    """

    is_syncing: bool = False
    ended: Kind | None = None
    retry_seconds: float | None = None


class Synced(Protocol):
    """Syncs the accounts of this machine until it is closed."""

    def standing(self, account_id: int) -> Standing:
        """How it stands with an account."""

    def ask(self, account_id: int | None = None) -> None:
        """Let a round begin at once, of one account or of all; nobody waits for it."""

    async def now(self, account_id: int | None = None) -> None:
        """One round at once, to its end."""

    async def begin(self) -> None:
        """Sync by itself from now on: at once, after changes, by time."""

    async def close(self) -> None:
        """Sync no more; a round under way is given up, nothing of it is lost."""


class Syncer:
    """Syncs nothing until it is told how; a process that was not told cannot."""

    def __init__(self) -> None:
        self._how: Callable[[], Awaitable[Synced]] | None = None
        self._synced: Synced | None = None

    def learn(self, how: Callable[[], Awaitable[Synced]]) -> None:
        """From now on this process can sync."""
        self._how = how

    def standing(self, account_id: int) -> Standing:
        """How it stands with an account."""
        return Standing() if self._synced is None else self._synced.standing(account_id)

    def ask(self, account_id: int | None = None) -> None:
        """Let a round begin at once, if this process syncs by itself; nobody waits for it."""
        if self._synced is not None:
            self._synced.ask(account_id)

    async def now(self, account_id: int | None = None) -> None:
        """One round at once, to its end. Raises `ValueError` where nothing can sync."""
        await (await self._ready()).now(account_id)

    async def begin(self) -> None:
        """Sync by itself from now on. Raises `ValueError` where nothing can sync."""
        await (await self._ready()).begin()

    async def close(self) -> None:
        """Sync no more."""
        synced, self._synced = self._synced, None
        if synced is not None:
            await synced.close()

    async def _ready(self) -> Synced:
        if self._synced is None:
            if self._how is None:
                raise ValueError(NOT_HERE)
            self._synced = await self._how()
        return self._synced


State = Literal["up_to_date", "syncing", "waiting", "offline", "needs_attention", "signed_out"]
