"""`marketer publish targets`: the sites and folders that texts of a project go to."""

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from marketer_desktop.cli.options import AsJson, DataDir, Project, settings_for
from marketer_desktop.cli.session import FAILED, WRONG_USE, complain, print_json, run_call
from marketer_desktop.services.publishing_targets import (
    AddTarget,
    CheckTarget,
    ListTargets,
    PublishingTarget,
    RemoveTarget,
)
from marketer_desktop.settings.settings import Settings

VARIABLE = "MARKETER_PUBLISH_SECRET"
ASKED = {
    "wordpress": "Application password",
    "ghost": "Admin API key",
    "webhook": "Secret of the webhook",
}

targets = typer.Typer(no_args_is_help=True, help="The sites and folders of a project.")
Name = Annotated[str, typer.Argument(help="The target's name.")]


@targets.command("list")
def list_(context: typer.Context, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Show where texts can go."""
    found = run_call(settings_for(context, data_dir), ListTargets())
    if as_json:
        print_json(found)
        return
    if not found.targets:
        typer.echo("No site or folder yet: “marketer publish targets add NAME --kind …”.")
    for each in found.targets:
        typer.echo(f"{each.name:20} {each.title:10} {each.project:20} {each.address}")


@targets.command()
def add(
    context: typer.Context,
    name: Name,
    kind: Annotated[str, typer.Option(help="wordpress, ghost, webhook or folder.")],
    address: Annotated[str, typer.Option(help="Of the site, or the folder.")],
    account: Annotated[str | None, typer.Option(help="User name at a WordPress.")] = None,
    project: Project = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Add a site or folder; its secret is asked for, or in the variable.

    Without a terminal it is read from standard input; MARKETER_PUBLISH_SECRET goes before both.
    """
    path = str(Path(address).expanduser().absolute()) if kind == "folder" else address
    values: dict[str, Any] = {"name": name, "kind": kind, "address": path, "account": account}
    call = AddTarget.model_validate({**values, "project": project, "secret": _secret(kind)})
    told = run_call(settings_for(context, data_dir), call)
    print_json(told) if as_json else typer.echo(f"{told.title} “{told.name}” is added.")


@targets.command()
def remove(
    context: typer.Context,
    name: Name,
    project: Project = None,
    data_dir: DataDir = None,
) -> None:
    """Send nothing there any more; what is there stays."""
    settings = settings_for(context, data_dir)
    run_call(settings, RemoveTarget(target_id=_named(settings, name, project).id))
    typer.echo(f"“{name}” is removed. What is published there stays.")


@targets.command()
def test(
    context: typer.Context,
    name: Name,
    project: Project = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Ask a target whether it would take texts; none is sent."""
    settings = settings_for(context, data_dir)
    told = run_call(settings, CheckTarget(target_id=_named(settings, name, project).id))
    if as_json:
        print_json(told)
    elif told.ok:
        for line in (f"“{told.site}” takes texts.", *told.notes):
            typer.echo(line)
    else:
        complain(told.problem)
    if not told.ok:
        raise typer.Exit(FAILED)


def _named(settings: Settings, name: str, project: str | None) -> PublishingTarget:
    found = [
        each
        for each in run_call(settings, ListTargets()).targets
        if each.name.casefold() == name.casefold()
        and (project is None or each.project.casefold() == project.casefold())
    ]
    if len(found) == 1:
        return found[0]
    complain(
        f"There is no target “{name}”. “marketer publish targets list” shows what is there."
        if not found
        else f"Several projects have a target “{name}”. Name one with --project."
    )
    raise typer.Exit(WRONG_USE)


def _secret(kind: str) -> str | None:
    if kind not in ASKED:
        return None
    # Taken out: the processes of an engine get what is in the environment.
    given = os.environ.pop(VARIABLE, None)
    if given is not None:
        return given
    if sys.stdin.isatty():
        return str(typer.prompt(ASKED[kind], hide_input=True, err=True))
    return sys.stdin.readline().strip()
