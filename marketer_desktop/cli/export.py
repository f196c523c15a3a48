"""`marketer export`: a text, or all texts of a campaign, as files for elsewhere."""

from pathlib import Path
from typing import Annotated

import typer

from marketer_desktop.cli.options import AsJson, DataDir, settings_for
from marketer_desktop.cli.session import WRONG_USE, complain, print_json, run_call
from marketer_desktop.publishing.formats import Format
from marketer_desktop.services.export_campaign import CampaignExported, ExportCampaign
from marketer_desktop.services.export_content import ExportContent


def export(
    context: typer.Context,
    id_: Annotated[
        int | None, typer.Argument(metavar="ID", help="The activity's number.", show_default=False)
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", help="zip is everything, with posts and images.")
    ] = Format.MARKDOWN,
    output: Annotated[Path, typer.Option(help="The file, or the folder to put it into.")] = Path(),
    campaign: Annotated[
        int | None, typer.Option(help="All texts of this campaign instead, as one ZIP.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Write a text as Markdown, a post for Hugo, HTML, Word, PDF, plain text, or all in a ZIP."""
    if (id_ is None) == (campaign is None):
        complain("Give either the ID of an activity, or --campaign with the number of one.")
        raise typer.Exit(WRONG_USE)
    settings, path = settings_for(context, data_dir), output.absolute()
    if campaign is not None:
        packed = run_call(settings, ExportCampaign(campaign_id=campaign, path=path, replace=force))
        print_json(packed) if as_json else typer.echo(_said(packed))
        return
    assert id_ is not None
    call = ExportContent(activity_id=id_, format=form, path=path, replace=force)
    told = run_call(settings, call)
    print_json(told) if as_json else typer.echo(told.path)


def _said(packed: CampaignExported) -> str:
    texts = "1 text" if packed.texts == 1 else f"{packed.texts} texts"
    left = f"; {packed.without_text} without a text yet" if packed.without_text else ""
    return f"{packed.path}  ({texts}{left})"
