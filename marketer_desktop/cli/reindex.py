"""`marketer reindex`: read documents again, or make the search index anew."""

from typing import Annotated

import typer

from marketer_desktop.cli.options import AsJson, DataDir, settings_for
from marketer_desktop.cli.session import FAILED, run_call
from marketer_desktop.services.reindex import Reindex, ReindexedDocument


def reindex(
    context: typer.Context,
    document: Annotated[
        int | None, typer.Argument(help="Number of the document.", show_default=False)
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every document.")] = False,
    index_only: Annotated[
        bool,
        typer.Option("--index-only", help="Only make the search index anew, from what is stored."),
    ] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Read documents again, or rebuild the search index."""
    if document is not None and everything:
        raise typer.BadParameter("Name one document, or all with --all; not both.")
    if document is None and not (everything or index_only):
        raise typer.BadParameter("Name a document by its number, or all with --all.")
    call = Reindex(document_id=document, index_only=index_only)
    results = run_call(settings_for(context, data_dir), call).results
    for result in results:
        typer.echo(result.model_dump_json() if as_json else _line(result))
    if any(result.status == "error" for result in results):
        raise typer.Exit(FAILED)


def _line(result: ReindexedDocument) -> str:
    if result.status == "error":
        return f"✗ {result.document_id} {result.file}: {result.error}"
    return f"✓ {result.document_id} {result.file}: {result.chunk_count} passages"
