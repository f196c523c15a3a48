"""Makes what services tell of accounts and their sync, for tests of the window."""

from datetime import UTC, datetime, timedelta
from typing import Any

from marketer_desktop.services.organizations import (
    HomeAccount,
    OrganizationEntry,
    OrganizationList,
)
from marketer_desktop.services.server_accounts import ServerAccount
from marketer_desktop.services.show_sync import AccountSync
from marketer_desktop.services.sync_conflicts import SyncConflict, SyncConflictList
from marketer_desktop.services.sync_quarantine import Quarantine, RefusedChange

SERVER, HOST, EMAIL = "https://team.example.com", "team.example.com", "ada@example.com"


def make_account(account_id: int = 1, **values: Any) -> ServerAccount:
    """Ada's account on a team's server."""
    about = {
        "server": SERVER,
        "host": HOST,
        "email": EMAIL,
        "kind": "password",
        "issuer": None,
        "state": "signed_in",
        "problem": "",
        "last_used_at": None,
    }
    return ServerAccount.model_validate({**about, **values, "id": account_id})


def make_sync(account_id: int = 1, state: str = "up_to_date", **values: Any) -> AccountSync:
    """An account that has synced two minutes ago."""
    about = {
        "server": SERVER,
        "host": HOST,
        "email": EMAIL,
        "waiting": 0,
        "last_synced_at": datetime.now(UTC) - timedelta(minutes=2),
        "problem": "",
        "retry_seconds": None,
        "conflicts": 0,
        "quarantined": 0,
    }
    return AccountSync.model_validate({**about, **values, "account_id": account_id, "state": state})


def make_conflict(conflict_id: int = 1, field: str = "name", **values: Any) -> SyncConflict:
    """A project that has got two names."""
    about = {
        "account_id": 1,
        "organization": "Kestrow",
        "entity": "project",
        "what": "Spring",
        "project_id": 7,
        "campaign_id": None,
        "activity_id": None,
        "mine": "Spring",
        "theirs": "Summer",
        "at": datetime.now(UTC) - timedelta(minutes=5),
    }
    return SyncConflict.model_validate(
        {**about, **values, "conflict_id": conflict_id, "field": field}
    )


def make_refused(refused_id: int = 1, **values: Any) -> RefusedChange:
    """A campaign with too large a budget."""
    about = {
        "account_id": 1,
        "organization": "Kestrow",
        "entity": "campaign",
        "what": "Hotels",
        "project_id": 7,
        "campaign_id": 3,
        "activity_id": None,
        "code": "VALIDATION_ERROR",
        "message": "The budget is too large.",
        "at": datetime.now(UTC),
        "fields": {"budget_amount": "1e12"},
    }
    return RefusedChange.model_validate({**about, **values, "refused_id": refused_id})


def make_organizations(*, in_team: bool) -> OrganizationList:
    """One of this computer, and one of the team, which is the current one if `in_team`."""
    home = HomeAccount(account_id=1, server=SERVER, email=EMAIL)
    own = _organization(1, "Own", None, is_current=not in_team)
    return OrganizationList(
        organizations=[own, _organization(2, "Kestrow", home, is_current=in_team)]
    )


def _organization(
    number: int, name: str, account: HomeAccount | None, *, is_current: bool
) -> OrganizationEntry:
    return OrganizationEntry(
        organization_id=number,
        name=name,
        slug=name.lower(),
        plan="team",
        role="owner",
        is_current=is_current,
        account=account,
    )


def no_conflicts() -> SyncConflictList:
    """Nothing was changed on both sides."""
    return SyncConflictList(conflicts=[])


def nothing_refused() -> Quarantine:
    """The server has taken everything."""
    return Quarantine(refused=[])
