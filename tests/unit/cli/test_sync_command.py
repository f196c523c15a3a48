"""`marketer sync`: what it asks of the engine, prints and returns."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import BaseModel
from typer.testing import CliRunner, Result

from marketer_desktop.cli import sync
from marketer_desktop.cli.main import app
from marketer_desktop.domain.sync import Entity
from marketer_desktop.services.show_sync import AccountSync, ShowSync, SyncNow, SyncReport
from marketer_desktop.services.sync_conflicts import (
    DecideConflict,
    ListConflicts,
    SyncConflict,
    SyncConflictList,
)
from marketer_desktop.services.sync_quarantine import (
    DiscardQuarantined,
    ListQuarantine,
    Quarantine,
    RefusedChange,
    RetryQuarantined,
)

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PLACE: dict[str, Any] = {
    "organization": "Acme",
    "project_id": 1,
    "campaign_id": None,
    "activity_id": None,
}
FINE = AccountSync(
    account_id=1,
    server="https://team.example.com",
    host="team.example.com",
    email="user@example.com",
    state="up_to_date",
    waiting=0,
    conflicts=0,
    quarantined=0,
    last_synced_at=AT,
    problem="",
    retry_seconds=None,
)
OFFLINE = FINE.model_copy(
    update={"state": "offline", "waiting": 3, "last_synced_at": None, "problem": "Not reached."}
)
CONFLICT = SyncConflict(
    conflict_id=7,
    account_id=1,
    entity=Entity.PROJECT,
    what="Tea",
    field="name",
    mine="Green tea",
    theirs=None,
    at=AT,
    **PLACE,
)
REFUSED = RefusedChange(
    refused_id=9,
    account_id=1,
    entity=Entity.PROJECT,
    what="Tea",
    code="CONFLICT",
    message="There is one.",
    fields={},
    at=AT,
    **PLACE,
)
asked: list[Any] = []


def marketer(monkeypatch: pytest.MonkeyPatch, answer: BaseModel, *words: str) -> Result:
    """Run a command with `answer` in place of an engine's."""

    def run_call(settings: object, call: object) -> BaseModel:
        asked.append(call)
        return answer

    asked.clear()
    monkeypatch.setattr(sync, "run_call", run_call)
    return CliRunner().invoke(app, ["sync", *words])


def test_how_it_stands_is_told_in_a_line_each(monkeypatch: pytest.MonkeyPatch) -> None:
    told = marketer(monkeypatch, SyncReport(accounts=[FINE, OFFLINE]), "status")
    assert (told.exit_code, asked) == (0, [ShowSync()])
    first, second = told.stdout.splitlines()
    assert "up to date, last synced: 2026-11-2" in first
    assert "offline, 3 to send, last synced: never" in second
    assert "Not reached." in told.stderr


@pytest.mark.parametrize(("account", "code"), [(FINE, 0), (OFFLINE, 1)])
def test_a_round_that_did_not_go_well_is_an_exit_code(
    monkeypatch: pytest.MonkeyPatch, account: AccountSync, code: int
) -> None:
    report = SyncReport(accounts=[account])
    told = marketer(monkeypatch, report, "now", "--json")
    assert (told.exit_code, asked) == (code, [SyncNow()])
    assert SyncReport.model_validate_json(told.stdout) == report


def test_conflicts_are_listed_and_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = SyncConflictList(conflicts=[CONFLICT])
    told = marketer(monkeypatch, listed, "conflicts")
    assert asked == [ListConflicts()]
    assert "7  project  Tea  name" in told.stdout
    assert "mine:   Green tea" in told.stdout
    assert "theirs: nothing" in told.stdout
    told = marketer(monkeypatch, listed, "decide", "7", "--keep", "mine")
    assert asked == [DecideConflict(conflict_id=7, keep="mine")]
    assert told.stdout == "Done. 1 to decide left.\n"
    assert marketer(monkeypatch, listed, "decide", "7", "--keep", "both").exit_code == 2


def test_what_was_refused_is_listed_and_tried_again_or_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    listed = Quarantine(refused=[REFUSED])
    told = marketer(monkeypatch, listed, "quarantine")
    assert asked == [ListQuarantine()]
    assert "9  project  Tea  There is one." in told.stdout
    marketer(monkeypatch, listed, "retry", "9")
    assert asked == [RetryQuarantined(refused_id=9)]
    told = marketer(monkeypatch, Quarantine(refused=[]), "discard", "9", "--json")
    assert asked == [DiscardQuarantined(refused_id=9)]
    assert Quarantine.model_validate_json(told.stdout).refused == []
