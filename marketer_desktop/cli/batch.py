"""`marketer generate --batch`: a table of briefs, one piece of content a row."""

from pathlib import Path

import typer

from marketer_desktop.cli.session import FAILED, print_json, run_call
from marketer_desktop.services.batch import BatchOutcome, BatchResult, GenerateBatch
from marketer_desktop.settings.settings import Settings

ENDED_BADLY = frozenset({"invalid", "failed", "cancelled"})


def run_batch(
    settings: Settings,
    path: Path,
    *,
    project: str | None,
    model: str | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Write every row; the exit code says whether all of them were written."""
    call = GenerateBatch(
        path=path.absolute(),
        project=project,
        model=model,
        out=out.absolute() if out else None,
    )
    result = run_call(settings, call)
    print_json(result) if as_json else _print(result)
    if any(row.status in ENDED_BADLY for row in result.rows):
        raise typer.Exit(FAILED)


def _print(result: BatchResult) -> None:
    for problem in result.problems:
        typer.echo(problem)
    for row in result.rows:
        typer.echo(_line(row))
    counted = {
        "completed": result.completed,
        "need attention": result.needs_attention,
        "failed": result.failed,
        "not started": result.invalid,
    }
    typer.echo(", ".join(f"{count} {name}" for name, count in counted.items() if count))


def _line(row: BatchOutcome) -> str:
    before = " (written before)" if row.earlier else ""
    status = row.status.replace("_", " ") + before
    words = f"{row.word_count} of {row.words} words" if row.word_count else ""
    notes = [*row.errors, *row.failed_checks]
    about = f"{row.row:4}  {status:28} {row.type:9} {words:18} {row.topic}"
    return "\n".join([about, *(f"      {note}" for note in notes)])
