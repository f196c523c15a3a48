"""`marketer search`: find passages by meaning."""

from typing import Annotated

import typer

from marketer_desktop.cli.options import AsJson, DataDir, Project, settings_for
from marketer_desktop.cli.session import print_json, run_call
from marketer_desktop.services.documents import SearchDocuments


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="What to look for, in your own words.")],
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many passages.")] = 8,
    project: Project = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Search your documents."""
    call = SearchDocuments(query=query, limit=limit, project=project)
    found = run_call(settings_for(context, data_dir), call)
    if as_json:
        print_json(found)
        return
    if not found.results:
        typer.echo("Nothing found. Take documents in with “marketer ingest FILE”.")
    for passage in found.results:
        page = f", page {passage.page}" if passage.page is not None else ""
        typer.echo(f"{passage.document}{page} ({passage.score:.2f})")
        typer.echo(f"  {' '.join(passage.text.split())}\n")
