"""How all accounts stand together, in the one word that the bar at the top has room for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from marketer_desktop.services.show_sync import AccountSync

# What is told before what, where accounts stand differently.
ORDER = ("needs_attention", "offline", "waiting", "syncing", "up_to_date")
SIGNED_OUT = "signed_out"


@dataclass(frozen=True)
class SyncSummary:
    """`state` is empty without an account; `last` is that of the account that is furthest back."""

    state: str = ""
    waiting: int = 0
    last: datetime | None = None


def summary(accounts: Sequence[AccountSync]) -> SyncSummary:
    """Accounts that are signed out on purpose count only where there is no other."""
    if not accounts:
        return SyncSummary()
    waiting = sum(each.waiting for each in accounts)
    told = [each for each in accounts if not _rests(each)]
    if not told:
        return SyncSummary(SIGNED_OUT, waiting)
    times = [each.last_synced_at for each in told]
    last = None if None in times else min(time for time in times if time is not None)
    state = min(map(_calm, told), key=ORDER.index)
    return SyncSummary(state, waiting, last)


def needs_person(account: AccountSync) -> bool:
    """Whether only the person at this computer can bring it further."""
    return state_of(account) == "needs_attention"


def state_of(account: AccountSync) -> str:
    """Its state; one whose session has ended by itself asks for a sign-in.

    Before the first round has ended nothing can be up to date.
    """
    if account.state == SIGNED_OUT and account.problem:
        return "needs_attention"
    if account.state != SIGNED_OUT and (account.conflicts or account.quarantined):
        return "needs_attention"
    if account.state == "up_to_date" and account.last_synced_at is None:
        return "syncing"
    return account.state


def _rests(account: AccountSync) -> bool:
    return state_of(account) == SIGNED_OUT


def _calm(account: AccountSync) -> str:
    """A round that comes every few minutes changes nothing at the top, but for the first one."""
    state = state_of(account)
    if state != "syncing" or account.last_synced_at is None:
        return state
    return "waiting" if account.waiting else "up_to_date"
