"""Prints how an activity stands, for people."""

import typer

from marketer_desktop.services.activity_report import ActivityReport


def print_report(told: ActivityReport) -> None:
    """Status, length, checks, sources and where the text is."""
    status = told.status.replace("_", " ")
    typer.echo(f"Activity {told.activity_id}: {status}, {told.word_count} words ({told.model})")
    if told.error:
        typer.echo(f"  {told.error}")
    for check in told.checks:
        typer.echo(f"  {'✓' if check.passed else '✗'} {check.id}: {check.message}")
    for source in told.sources:
        page = f", page {source.page}" if source.page is not None else ""
        typer.echo(f"  [{source.n}] {source.document}{page}")
    if told.path:
        typer.echo(told.path)
