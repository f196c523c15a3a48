"""`marketer sync`: the copies of servers' rows: how it stands, a round at once, what to decide."""

from enum import StrEnum
from typing import Annotated

import typer
from pydantic import BaseModel

from marketer_desktop.cli.options import AsJson, DataDir, settings_for
from marketer_desktop.cli.session import complain, print_json, run_call
from marketer_desktop.services.show_sync import AccountSync, ShowSync, SyncNow, SyncReport
from marketer_desktop.services.sync_conflicts import DecideConflict, ListConflicts
from marketer_desktop.services.sync_quarantine import (
    DiscardQuarantined,
    ListQuarantine,
    Quarantine,
    RetryQuarantined,
)

STATES = {
    "up_to_date": "up to date",
    "needs_attention": "needs attention",
    "signed_out": "signed out",
}
NO_ACCOUNT = "This computer is joined to no server. “marketer account connect” joins it to one."
SHOWN = 60  # characters of a value

sync = typer.Typer(no_args_is_help=True, help="Sync with the servers that this desktop joined.")


class Side(StrEnum):
    """Whose value of a conflict to keep."""

    MINE = "mine"
    THEIRS = "theirs"


@sync.command()
def status(context: typer.Context, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Show how it stands; no server is asked."""
    _report(run_call(settings_for(context, data_dir), ShowSync()), as_json=as_json)


@sync.command()
def now(context: typer.Context, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Sync at once, and show how it stands then. Exit code 1 if not all could be synced."""
    found = run_call(settings_for(context, data_dir), SyncNow())
    _report(found, as_json=as_json)
    if any(each.problem for each in found.accounts):
        raise typer.Exit(1)


@sync.command()
def conflicts(context: typer.Context, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List what was changed here and by somebody else differently."""
    found = run_call(settings_for(context, data_dir), ListConflicts())
    if as_json:
        print_json(found)
        return
    for each in found.conflicts:
        typer.echo(f"{each.conflict_id:>5}  {each.entity}  {each.what}  {each.field or 'is gone'}")
        typer.echo(f"       mine:   {_short(each.mine)}")
        typer.echo(f"       theirs: {_short(each.theirs)}")


@sync.command()
def decide(
    context: typer.Context,
    conflict: Annotated[int, typer.Argument(help="Its number in “marketer sync conflicts”.")],
    keep: Annotated[Side, typer.Option(help="Whose value stays.")],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Keep one side of a conflict; mine is sent to the server."""
    call = DecideConflict(conflict_id=conflict, keep=keep.value)
    left = run_call(settings_for(context, data_dir), call)
    _left(left, len(left.conflicts), "to decide", as_json=as_json)


@sync.command()
def quarantine(context: typer.Context, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List the changes that a server has refused for good."""
    found = run_call(settings_for(context, data_dir), ListQuarantine())
    if as_json:
        print_json(found)
        return
    for each in found.refused:
        typer.echo(f"{each.refused_id:>5}  {each.entity}  {each.what}  {each.message}")


@sync.command()
def retry(
    context: typer.Context,
    refused: Annotated[int, typer.Argument(help="Its number in “marketer sync quarantine”.")],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Send a refused change once more."""
    left = run_call(settings_for(context, data_dir), RetryQuarantined(refused_id=refused))
    _quarantine_left(left, as_json=as_json)


@sync.command()
def discard(
    context: typer.Context,
    refused: Annotated[int, typer.Argument(help="Its number in “marketer sync quarantine”.")],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Let a row be as the server has it; what only is here stays here, and is not sent."""
    left = run_call(settings_for(context, data_dir), DiscardQuarantined(refused_id=refused))
    _quarantine_left(left, as_json=as_json)


def _report(found: SyncReport, *, as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    if not found.accounts:
        complain(NO_ACCOUNT)
    for each in found.accounts:
        typer.echo(f"{each.email:30} {each.host:30} {_standing(each)}")
        if each.problem:
            complain(each.problem)


def _standing(account: AccountSync) -> str:
    counts = {
        "to send": account.waiting,
        "to decide": account.conflicts,
        "refused": account.quarantined,
    }
    told = [f"{number} {what}" for what, number in counts.items() if number]
    synced = account.last_synced_at
    when = synced.astimezone().isoformat(" ", "seconds") if synced else "never"
    state = STATES.get(account.state, account.state)
    return ", ".join([state, *told, f"last synced: {when}"])


def _quarantine_left(left: Quarantine, *, as_json: bool) -> None:
    _left(left, len(left.refused), "refused", as_json=as_json)


def _left(found: BaseModel, number: int, what: str, *, as_json: bool) -> None:
    print_json(found) if as_json else typer.echo(f"Done. {number} {what} left.")


def _short(value: object) -> str:
    said = " ".join(str(value).split()) if value is not None else "nothing"
    return said if len(said) <= SHOWN else f"{said[:SHOWN]}…"
