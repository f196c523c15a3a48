"""Several accounts in one word: what needs the person first, and no unrest for a usual round."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from marketer_desktop.services.show_sync import AccountSync
from marketer_desktop.ui.bridge.sync_summary import SyncSummary, needs_person, state_of, summary
from tests.factories.accounts_window import make_sync

NOW = datetime(2026, 3, 18, 15, tzinfo=UTC)


def account(state: str = "up_to_date", number: int = 1, **values: Any) -> AccountSync:
    return make_sync(number, state, **{"last_synced_at": NOW, **values})


def test_without_an_account_nothing_is_said() -> None:
    assert summary([]) == SyncSummary("")


def test_one_account_is_told_as_it_stands() -> None:
    assert summary([account("waiting", waiting=3)]) == SyncSummary("waiting", 3, NOW)
    assert summary([account("offline", waiting=2)]) == SyncSummary("offline", 2, NOW)


@pytest.mark.parametrize(
    ("states", "told"),
    [
        (("up_to_date", "waiting"), "waiting"),
        (("waiting", "offline"), "offline"),
        (("offline", "needs_attention"), "needs_attention"),
        (("up_to_date", "signed_out"), "up_to_date"),
        (("signed_out", "signed_out"), "signed_out"),
    ],
)
def test_of_several_accounts_the_one_that_matters_most_is_told(
    states: tuple[str, ...], told: str
) -> None:
    for ordered in (states, states[::-1]):
        accounts = [account(state, number) for number, state in enumerate(ordered)]
        assert summary(accounts).state == told


def test_the_account_that_is_furthest_back_gives_the_time() -> None:
    earlier = NOW - timedelta(hours=1)
    told = summary([account(last_synced_at=earlier), account(number=2)])
    assert told.last == earlier
    assert summary([account(), account("offline", 2, last_synced_at=None)]).last is None


def test_a_round_that_comes_every_few_minutes_changes_nothing() -> None:
    assert summary([account("syncing")]).state == "up_to_date"
    assert summary([account("syncing", waiting=2)]).state == "waiting"
    assert summary([account("syncing", last_synced_at=None)]).state == "syncing"
    assert summary([account("up_to_date", last_synced_at=None)]).state == "syncing"


def test_a_session_that_has_ended_by_itself_asks_for_a_sign_in() -> None:
    assert not needs_person(account("signed_out"))
    assert needs_person(account("signed_out", problem="Your session has ended."))
    assert state_of(account("waiting", conflicts=1)) == "needs_attention"
    assert state_of(account("offline", quarantined=1)) == "needs_attention"
    assert state_of(account("signed_out", conflicts=1)) == "signed_out"
