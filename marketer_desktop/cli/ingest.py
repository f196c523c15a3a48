"""`marketer ingest`: take documents in."""

from pathlib import Path
from typing import Annotated

import typer

from marketer_desktop.cli.options import AsJson, DataDir, Project, settings_for
from marketer_desktop.cli.session import FAILED, run_call
from marketer_desktop.services.documents import IngestDocuments
from marketer_desktop.services.ingest_document import IngestResult


def ingest(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="PDF, DOCX, TXT, Markdown or HTML files.")],
    project: Project = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Read documents so that pieces can quote them."""
    call = IngestDocuments(paths=[path.absolute() for path in files], project=project)
    results = run_call(settings_for(context, data_dir), call).results
    for result in results:
        typer.echo(result.model_dump_json() if as_json else _line(result))
    if any(result.status == "error" for result in results):
        raise typer.Exit(FAILED)


def _line(result: IngestResult) -> str:
    if result.status == "error":
        return f"✗ {result.file}: {result.error}"
    known = " (already known)" if result.duplicate else ""
    return f"✓ {result.file}: {result.chunk_count} passages{known}"
