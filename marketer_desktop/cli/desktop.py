"""`marketer desktop`: opens the window."""

from typing import Annotated

import typer

from marketer_desktop.cli.options import DataDir, settings_for
from marketer_desktop.cli.window import open_window


def desktop(
    context: typer.Context,
    background: Annotated[
        bool, typer.Option("--background", help="Open in the tray, without a window.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Open the window; if it is open already, it comes to the front."""
    open_window(settings_for(context, data_dir).data_dir, background=background)
