"""Options that every command takes, before the command's name or after it."""

from pathlib import Path
from typing import Annotated

import typer

from marketer_desktop.settings.settings import BadSettings, Settings, load_settings

DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", help="Folder of the database and documents.", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
BackupFile = Annotated[
    Path | None, typer.Argument(help="The file to write.", show_default="in the data folder")
]
Replace = Annotated[bool, typer.Option("--force", help="Replace a file that is there.")]
Project = Annotated[str | None, typer.Option(help="Name of the project; a new name makes one.")]


def settings_for(context: typer.Context, data_dir: Path | None) -> Settings:
    """The settings of the folder named after the command, before it, or nowhere."""
    try:
        return load_settings(data_dir or context.find_root().params.get("data_dir"))
    except BadSettings as error:
        raise typer.BadParameter(str(error)) from None
