"""Opens the system browser, where there is one with a window."""

import os
import sys
import webbrowser


def open_in_browser(url: str) -> None:
    """Show the page; without a desktop nothing opens, since the person was told the address."""
    # A browser of the terminal would take the terminal that we write to.
    if sys.platform in ("win32", "darwin") or {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        webbrowser.open(url)
