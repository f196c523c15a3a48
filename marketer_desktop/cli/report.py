"""Prints how an activity stands, for people."""

from collections.abc import Sequence

import typer

from marketer_desktop.domain.checks.check import Check
from marketer_desktop.domain.outline import OutlineSection
from marketer_desktop.domain.outline_text import written
from marketer_desktop.services.activity_report import ActivityReport

SCORES = frozenset({"seo_score", "readability_score"})


def print_report(told: ActivityReport) -> None:
    """Status, length, checks, sources and where the text is."""
    status = told.status.replace("_", " ")
    typer.echo(f"Activity {told.activity_id}: {status}, {told.word_count} words ({told.model})")
    if told.cost_usd:
        typer.echo(f"  about ${told.cost_usd:.4f} for {told.tokens} tokens, by list prices")
    if told.title:
        typer.echo(f"  {told.title}")
    if told.error:
        typer.echo(f"  {told.error}")
    for line in check_lines(told.checks):
        typer.echo(f"  {line}")
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


def check_lines(checks: Sequence[Check]) -> list[str]:
    """What has failed in its own words, requirements first; what passed as a number, and scores."""
    if not checks:
        return []
    scores = [check.message for check in checks if check.passed and check.id in SCORES]
    hard = [check for check in checks if check.hard]
    failed = sorted((check for check in checks if not check.passed), key=lambda c: not c.hard)
    return [
        f"✓ {sum(check.passed for check in hard)} of {len(hard)} requirements met",
        *(f"✓ {message}" for message in scores),
        *(f"{'✗' if check.hard else '·'} {check.id}: {check.message}" for check in failed),
    ]


def print_outline(sections: Sequence[OutlineSection]) -> None:
    """The outline as it can be edited in a file."""
    typer.echo(f"\n{written(sections)}".rstrip())
