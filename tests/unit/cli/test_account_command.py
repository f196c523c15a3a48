"""`marketer account`: what it asks of the engine, prints, and never prints."""

import os
import sys
import webbrowser
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import BaseModel
from typer.testing import CliRunner, Result

from marketer_desktop.cli import account
from marketer_desktop.cli.main import app
from marketer_desktop.cli.progress import ProgressView
from marketer_desktop.services.departures import DepartureEntry, DeparturePage, ShowDepartures
from marketer_desktop.services.pages import Pagination
from marketer_desktop.services.server_accounts import (
    ConnectAccount,
    ConnectByBrowser,
    ServerAccount,
    ServerAccountList,
    ShowAccounts,
    SignedOutAccount,
    SignOutAccount,
)
from marketer_desktop.services.show_sync import AccountSync, ShowSync, SyncReport

PASSWORD = "correct horse battery"
ADA = ServerAccount(
    id=1,
    server="https://one.example.com",
    host="one.example.com",
    email="ada@example.com",
    kind="password",
    issuer=None,
    state="signed_in",
    problem="",
    last_used_at=None,
)
ELSEWHERE = ADA.model_copy(
    update={"id": 2, "server": "https://two.example.com", "host": "two.example.com"}
)
OUT = ADA.model_copy(update={"state": "signed_out", "problem": "The session was ended."})


class Engine:
    """Answers calls by their kind."""

    def __init__(self, *answers: tuple[type[BaseModel], BaseModel]) -> None:
        self._answers = dict(answers)
        self.asked: list[Any] = []

    def run_call(self, settings: object, call: Any) -> BaseModel:
        self.asked.append(call)
        return self._answers[type(call)]


@pytest.fixture
def marketer(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.delenv(account.PASSWORD, raising=False)

    def run(engine: Engine, *words: str, typed: str = "") -> Result:
        monkeypatch.setattr(account, "run_call", engine.run_call)
        return CliRunner().invoke(app, ["account", *words], input=typed)

    return run


def syncing(waiting: int, refused: int = 0) -> SyncReport:
    standing = AccountSync(
        account_id=1,
        server=ADA.server,
        host=ADA.host,
        email=ADA.email,
        state="waiting",
        waiting=waiting,
        conflicts=0,
        quarantined=refused,
        last_synced_at=None,
        problem="",
        retry_seconds=None,
    )
    return SyncReport(accounts=[standing])


def test_a_password_is_asked_for_and_never_printed(marketer: Callable[..., Result]) -> None:
    engine = Engine((ConnectAccount, ADA))
    words = ("connect", ADA.server, "--email", ADA.email)
    found = marketer(engine, *words, typed=f"{PASSWORD}\n")
    assert engine.asked == [ConnectAccount(server=ADA.server, email=ADA.email, password=PASSWORD)]
    assert found.stdout.endswith("\nada@example.com is signed in to https://one.example.com.\n")
    assert PASSWORD not in found.output


def test_a_password_of_the_environment_is_taken_out_of_it(
    marketer: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(account.PASSWORD, PASSWORD)
    engine = Engine((ConnectAccount, ADA))
    marketer(engine, "connect", ADA.server, "--email", ADA.email)
    assert engine.asked[0].password == PASSWORD
    assert account.PASSWORD not in os.environ


def test_without_an_address_it_is_the_browser(marketer: Callable[..., Result]) -> None:
    engine = Engine((ConnectByBrowser, ADA))
    found = marketer(engine, "connect", ADA.server, "--json")
    assert engine.asked == [ConnectByBrowser(server=ADA.server)]
    assert ServerAccount.model_validate_json(found.stdout) == ADA


def test_the_page_is_told_and_opened_where_there_is_a_desktop(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    url = f"https://one.example.com/sign-in?state={'x' * 300}"
    ProgressView().on_event({"kind": "browser", "url": url})
    assert opened == []
    monkeypatch.setenv("DISPLAY", ":0")
    ProgressView().on_event({"kind": "browser", "url": url})
    assert opened == [url]
    assert capsys.readouterr().err.count(f"{url}\n") == 2


def test_accounts_are_listed_with_what_ails_them(marketer: Callable[..., Result]) -> None:
    found = marketer(Engine((ShowAccounts, ServerAccountList(accounts=[OUT]))), "list")
    assert found.stdout.split() == [OUT.email, OUT.server, "signed", "out"]
    assert found.stderr == "The session was ended.\n"


def test_an_address_with_two_accounts_needs_its_server(marketer: Callable[..., Result]) -> None:
    both = (ShowAccounts, ServerAccountList(accounts=[ADA, ELSEWHERE]))
    engine = Engine(both, (SignOutAccount, SignedOutAccount(account=OUT, told=True)))
    found = marketer(engine, "sign-out", "Ada@example.com")
    assert found.exit_code == 2
    assert "Name one with --server" in found.stderr
    found = marketer(engine, "sign-out", "nobody@example.com")
    assert found.exit_code == 2
    assert "There is no such account" in found.stderr
    found = marketer(engine, "sign-out", ADA.email, "--server", "two.example.com")
    assert engine.asked[-1] == SignOutAccount(account_id=2)
    assert (found.exit_code, found.stderr) == (0, "")


def test_a_server_that_was_not_told_is_mentioned(marketer: Callable[..., Result]) -> None:
    one = (ShowAccounts, ServerAccountList(accounts=[ADA]))
    engine = Engine(one, (SignOutAccount, SignedOutAccount(account=OUT, told=False)))
    found = marketer(engine, "sign-out", ADA.email)
    assert found.exit_code == 0
    assert "could not be told" in found.stderr


def test_copies_with_changes_that_were_not_sent_stay(marketer: Callable[..., Result]) -> None:
    one = (ShowAccounts, ServerAccountList(accounts=[ADA]))
    left = (SignOutAccount, SignedOutAccount(account=OUT, told=True))
    engine = Engine(one, left, (ShowSync, syncing(2, 1)))
    found = marketer(engine, "sign-out", ADA.email, "--remove-copies")
    assert found.exit_code == 1
    assert found.stderr.startswith("3 changes were not sent to https://one.example.com")
    assert not [each for each in engine.asked if isinstance(each, SignOutAccount)]
    for words, sync in ((("--drop-unsent",), syncing(2)), ((), syncing(0))):
        engine = Engine(one, left, (ShowSync, sync))
        found = marketer(engine, "sign-out", ADA.email, "--remove-copies", *words)
        assert found.exit_code == 0
        assert engine.asked[-1] == SignOutAccount(account_id=1, remove_mirror=True)


def test_what_has_left_is_shown(marketer: Callable[..., Result]) -> None:
    entry = DepartureEntry(
        at=datetime(2026, 3, 1, 12, tzinfo=UTC),
        account_id=1,
        account=ADA.email,
        destination=ADA.host,
        kind="sync_push",
        what="Changes",
        times=3,
        bytes=1234,
    )
    page = DeparturePage(
        departures=[entry],
        total_bytes=1234,
        kinds=["sync_push"],
        pagination=Pagination(total=1, page=1, per_page=100, pages=1),
    )
    engine = Engine((ShowDepartures, page))
    found = marketer(engine, "departures")
    assert found.stdout.split()[2:] == [ADA.host, "1234", "B", "Changes", "(3", "times)"]
    assert engine.asked == [ShowDepartures(page=1, per_page=100)]
