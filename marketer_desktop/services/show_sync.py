"""How it stands with the copies of servers' rows, and a round at once."""

from datetime import datetime
from urllib.parse import urlsplit

from pydantic import BaseModel

from marketer_desktop.services.call import Call, Emit, ServiceError
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.syncing import Standing, State
from marketer_desktop.storage.tables import ServerAccountRow


class AccountSync(BaseModel):
    """An account: `waiting` rows are to be sent, `conflicts` and `quarantined` to be decided.

    `problem` says why the last round did not go well. `retry_seconds` is when the next one comes.
    """

    account_id: int
    server: str
    host: str
    email: str
    state: State
    waiting: int
    conflicts: int
    quarantined: int
    last_synced_at: datetime | None
    problem: str
    retry_seconds: float | None


class SyncReport(BaseModel):
    """All accounts of this machine, the oldest first."""

    accounts: list[AccountSync]


class ShowSync(Call[SyncReport]):
    """How it stands now."""


class SyncNow(Call[SyncReport]):
    """Sync one account or all, and say how it stands then."""

    account_id: int | None = None


async def show_sync(call: ShowSync, parts: Parts, emit: Emit) -> SyncReport:
    """Nothing is asked of a server."""
    async with parts.database.unit_of_work() as work:
        accounts = await work.server_accounts.all()
        states = await work.sync_states.all()
        rows = await work.outbox.counts()
        conflicts = await work.sync_conflicts.counts()
    told = []
    for account in accounts:
        standing, state = parts.syncer.standing(account.id), states.get(account.id)
        waiting = rows.get((account.id, "waiting"), 0) + rows.get((account.id, "sent"), 0)
        disputed, refused = conflicts.get(account.id, 0), rows.get((account.id, "refused"), 0)
        problem = account.problem or (state.problem if state else "")
        told.append(
            AccountSync(
                account_id=account.id,
                server=account.server,
                host=urlsplit(account.server).hostname or account.server,
                email=account.email,
                state=_state(account, standing, waiting, disputed + refused, problem),
                waiting=waiting,
                conflicts=disputed,
                quarantined=refused,
                last_synced_at=state.last_synced_at if state else None,
                problem=problem,
                retry_seconds=standing.retry_seconds,
            )
        )
    return SyncReport(accounts=told)


async def sync_now(call: SyncNow, parts: Parts, emit: Emit) -> SyncReport:
    """Being offline is no error: the report says it. Raises `ServiceError` where nothing syncs."""
    try:
        await parts.syncer.now(call.account_id)
    except ValueError as error:
        raise ServiceError(str(error)) from error
    return await show_sync(ShowSync(), parts, emit)


def _state(
    account: ServerAccountRow, standing: Standing, waiting: int, undecided: int, problem: str
) -> State:
    if account.state == "signed_out":
        return "signed_out"
    if standing.is_syncing:
        return "syncing"
    if standing.ended in ("offline", "busy"):
        return "offline"
    if undecided or standing.ended in ("refused", "locked") or problem:
        return "needs_attention"
    return "waiting" if waiting else "up_to_date"
