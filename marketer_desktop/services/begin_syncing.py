"""Syncing by itself, from the first account on: at the start of a window's engine."""

from marketer_desktop.events.change import Change
from marketer_desktop.services.parts import Parts


async def begin_syncing(parts: Parts) -> None:
    """Wait for an account, then sync until the engine stops; without one nothing is loaded."""
    async with parts.bus.watch() as changes:
        while not await _has_account(parts):
            while (event := await changes.get()) is not None:
                if isinstance(event, Change) and event.subject == "accounts":
                    break
            else:
                return
    await parts.syncer.begin()


async def _has_account(parts: Parts) -> bool:
    async with parts.database.autocommit() as work:
        return bool(await work.server_accounts.signed_in())
