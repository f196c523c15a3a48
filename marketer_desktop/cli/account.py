"""`marketer account`: the accounts on servers that this desktop is joined to."""

import os
from typing import Annotated

import typer

from marketer_desktop.cli.options import AsJson, DataDir, settings_for
from marketer_desktop.cli.session import FAILED, WRONG_USE, complain, print_json, run_call
from marketer_desktop.services.departures import ShowDepartures
from marketer_desktop.services.server_accounts import (
    ConnectAccount,
    ConnectByBrowser,
    ServerAccount,
    ShowAccounts,
    SignOutAccount,
)
from marketer_desktop.services.show_sync import ShowSync
from marketer_desktop.settings.settings import Settings

PASSWORD = "MARKETER_ACCOUNT_PASSWORD"  # noqa: S105 - the name of a variable
NOT_TOLD = (
    "The server could not be told: the session there ends by itself within 30 days, and at once "
    "when you choose another password there."
)

account = typer.Typer(no_args_is_help=True, help="Join accounts on servers, and leave them.")


@account.command()
def connect(
    context: typer.Context,
    server: Annotated[str, typer.Argument(help="Such as https://marketer.example.com.")],
    email: Annotated[
        str | None, typer.Option(help="Sign in with a password instead of the browser.")
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Sign in to a server, in the browser or with e-mail and password.

    The password is asked for, or in the variable MARKETER_ACCOUNT_PASSWORD. It is not kept.
    """
    settings = settings_for(context, data_dir)
    if email is None:
        found = run_call(settings, ConnectByBrowser(server=server))
    else:
        # Taken out: the processes of an engine get what is in the environment.
        given = os.environ.pop(PASSWORD, None)
        password = given or typer.prompt("Password", hide_input=True, err=True)
        call = ConnectAccount(server=server, email=email, password=password)
        found = run_call(settings, call)
    print_json(found) if as_json else typer.echo(f"{found.email} is signed in to {found.server}.")


@account.command("list")
def list_(context: typer.Context, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Show the accounts; no server is asked."""
    found = run_call(settings_for(context, data_dir), ShowAccounts())
    if as_json:
        print_json(found)
        return
    for each in found.accounts:
        state = "signed in" if each.state == "signed_in" else "signed out"
        typer.echo(f"{each.email:30} {each.server:40} {state}")
        if each.problem:
            complain(each.problem)


@account.command("sign-out")
def sign_out(
    context: typer.Context,
    email: Annotated[str, typer.Argument(help="The address of the account.")],
    server: Annotated[
        str | None, typer.Option(help="Where, if the address has several accounts.")
    ] = None,
    remove_copies: Annotated[
        bool, typer.Option(help="Also remove what the server has brought to this computer.")
    ] = False,
    drop_unsent: Annotated[
        bool, typer.Option(help="Remove the copies even where changes were not sent yet.")
    ] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Sign out: its tokens are removed, and what is on this computer stays."""
    settings = settings_for(context, data_dir)
    found = _meant(settings, email, server)
    if remove_copies and not drop_unsent:
        _refuse_unsent(settings, found)
    call = SignOutAccount(account_id=found.id, remove_mirror=remove_copies)
    left = run_call(settings, call)
    if as_json:
        print_json(left)
        return
    typer.echo(f"{found.email} is signed out of {found.server}.")
    if not left.told:
        complain(NOT_TOLD)


@account.command()
def departures(
    context: typer.Context,
    page: Annotated[int, typer.Option(help="1 is the newest.")] = 1,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Show what has left this machine: what for, where to and how much, not what it said."""
    call = ShowDepartures(page=page, per_page=100)
    found = run_call(settings_for(context, data_dir), call)
    if as_json:
        print_json(found)
        return
    for each in found.departures:
        often = f" ({each.times} times)" if each.times > 1 else ""
        when = each.at.astimezone().isoformat(" ", "seconds")
        typer.echo(f"{when}  {each.destination:30} {each.bytes:>9} B  {each.what}{often}")


def _refuse_unsent(settings: Settings, meant: ServerAccount) -> None:
    for each in run_call(settings, ShowSync()).accounts:
        unsent = each.waiting + each.quarantined
        if each.account_id == meant.id and unsent:
            complain(
                f"{unsent} changes were not sent to {meant.server} and would be lost. Send them "
                "by “marketer sync now”, or say --drop-unsent. Nothing was done."
            )
            raise typer.Exit(FAILED)


def _meant(settings: Settings, email: str, server: str | None) -> ServerAccount:
    accounts = run_call(settings, ShowAccounts()).accounts
    found = [
        each
        for each in accounts
        if each.email.lower() == email.lower() and server in (None, each.server, each.host)
    ]
    if len(found) == 1:
        return found[0]
    complain(
        "There is no such account. “marketer account list” shows them."
        if not found
        else "This address has accounts on several servers. Name one with --server."
    )
    raise typer.Exit(WRONG_USE)
