"""`marketer activities`: list, show, resume and cancel."""

from typing import Annotated

import typer

from marketer_desktop.cli.options import AsJson, DataDir, settings_for
from marketer_desktop.cli.report import print_report
from marketer_desktop.cli.session import FAILED, print_json, run_call
from marketer_desktop.services.activities import (
    CancelActivity,
    ListActivities,
    ResumeActivity,
    ShowActivity,
)

activities = typer.Typer(no_args_is_help=True, help="List, show, resume and cancel activities.")
Id = Annotated[int, typer.Argument(help="The activity's number.")]


@activities.command("list")
def list_(context: typer.Context, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Show the last activities, newest first."""
    found = run_call(settings_for(context, data_dir), ListActivities())
    if as_json:
        print_json(found)
        return
    if not found.activities:
        typer.echo("Nothing written yet. Start with “marketer generate --topic …”.")
    for row in found.activities:
        words = "" if row.word_count is None else f"{row.word_count} words"
        typer.echo(f"{row.activity_id:5} {row.status:16} {row.type:9} {words:11} {row.topic}")


@activities.command()
def show(
    context: typer.Context, activity_id: Id, data_dir: DataDir = None, as_json: AsJson = False
) -> None:
    """Show one activity with its checks, sources and steps."""
    told = run_call(settings_for(context, data_dir), ShowActivity(activity_id=activity_id))
    if as_json:
        print_json(told)
        return
    print_report(told)
    for step in told.steps:
        tokens = step.tokens_input + step.tokens_output
        typer.echo(f"  {step.name:13} {step.duration_ms / 1000:7.1f} s {tokens:7} tokens")


@activities.command()
def resume(
    context: typer.Context, activity_id: Id, data_dir: DataDir = None, as_json: AsJson = False
) -> None:
    """Take up a run that was cut off, failed or was cancelled."""
    told = run_call(settings_for(context, data_dir), ResumeActivity(activity_id=activity_id))
    print_json(told) if as_json else print_report(told)
    if told.status in {"failed", "cancelled"}:
        raise typer.Exit(FAILED)


@activities.command()
def cancel(
    context: typer.Context, activity_id: Id, data_dir: DataDir = None, as_json: AsJson = False
) -> None:
    """End a run; it can be resumed."""
    told = run_call(settings_for(context, data_dir), CancelActivity(activity_id=activity_id))
    print_json(told) if as_json else print_report(told)
