"""Opens the window with as little as possible loaded before it is seen."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from marketer_desktop.settings.data_dir import chosen_data_dir

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from marketer_desktop.services.call import EngineHandle, Say


def open_window(data_dir: Path, *, background: bool = False) -> None:
    """Open the window of `data_dir`, or raise the one there is; ends with the window.

    In the `background` it opens in the tray.
    """
    # Imported here: other commands, and machines without a screen, have no use for Qt.
    from marketer_desktop.ui.app.application import run_desktop  # noqa: PLC0415

    def open_engine(say: "Say") -> "AbstractAsyncContextManager[EngineHandle]":
        say("Loading the engine")
        # Imported here, in the engine's thread: the window is seen before these seconds.
        from marketer_desktop.bootstrap.desktop import open_for_window  # noqa: PLC0415

        return open_for_window(data_dir, say)

    sys.exit(run_desktop(data_dir, open_engine, background=background))


def open_named(arguments: list[str]) -> None:
    """As a double click does it; `arguments` may name a folder after `--data-dir`."""
    named = arguments[1] if arguments[:1] == ["--data-dir"] and len(arguments) == 2 else None
    if arguments and named is None:
        sys.exit("Usage: marketer-desktop [--data-dir FOLDER]")
    open_window(chosen_data_dir(Path(named) if named else None))
