"""`marketer sitemap`: the pages of a project's site, for internal links."""

from pathlib import Path
from typing import Annotated

import typer

from marketer_desktop.cli.options import AsJson, DataDir, Project, settings_for
from marketer_desktop.cli.session import print_json, run_call
from marketer_desktop.services.site_pages import ImportSitemap, SiteImport


def sitemap(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="sitemap.xml, also packed or an index, a CSV, or a list of URLs.")
    ],
    project: Project = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Import the pages of your site, which texts of the project then link to."""
    call = ImportSitemap(path=file.absolute(), project=project)
    told = run_call(settings_for(context, data_dir), call)
    print_json(told) if as_json else _print(told)


def _print(told: SiteImport) -> None:
    typer.echo(f"{told.count:,} pages")
    if told.truncated:
        typer.echo("The file lists more; these are the first.")
    if told.skipped:
        typer.echo(f"{told.skipped:,} entries were no addresses of pages and were left out.")
    for part in told.missing:
        typer.echo(f"Not found beside the file: {part}")
