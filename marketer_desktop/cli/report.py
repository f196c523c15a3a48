"""Prints how an activity stands, for people."""

from collections.abc import Sequence

import typer

from marketer_desktop.domain.checks.check import Check
from marketer_desktop.domain.outline import OutlineSection
from marketer_desktop.domain.outline_text import written
from marketer_desktop.services.activity_report import ActivityReport


def print_report(told: ActivityReport) -> None:
    """Status, length, checks, sources and where the text is."""
    status = told.status.replace("_", " ")
    typer.echo(f"Activity {told.activity_id}: {status}, {told.word_count} words ({told.model})")
    if told.title:
        typer.echo(f"  {told.title}")
    if told.error:
        typer.echo(f"  {told.error}")
    for check in told.checks:
        typer.echo(f"  {_mark(check)} {check.id}: {check.message}")
    for source in told.sources:
        page = f", page {source.page}" if source.page is not None else ""
        typer.echo(f"  [{source.n}] {source.document}{page}")
    for headline in told.headlines[1:]:
        typer.echo(f"  or: {headline.text} ({headline.score} of 100)")
    if told.path:
        typer.echo(told.path)
    if told.outline:
        print_outline(told.outline)
        typer.echo(f"\n“marketer outline {told.activity_id}” lets the piece be written after it.")


def print_outline(sections: Sequence[OutlineSection]) -> None:
    """The outline as it can be edited in a file."""
    typer.echo(f"\n{written(sections)}".rstrip())


def _mark(check: Check) -> str:
    """Passed, failed, or advice that was not taken."""
    return "✓" if check.passed else "✗" if check.hard else "·"
