"""Starts the app with the desktop session; what holds is read from the system, never remembered."""

import os
import sys
from pathlib import Path
from typing import Protocol

from marketer_desktop.system.autostart.launch_agent import LaunchAgent
from marketer_desktop.system.autostart.run_key import RunKey
from marketer_desktop.system.autostart.xdg import XdgAutostart


class Autostart(Protocol):
    """The system's own list of what starts with the session; `OSError` where it is closed to us."""

    @property
    def place(self) -> str:
        """Where it stands."""

    @property
    def is_on(self) -> bool:
        """Whether this very program, with this data folder, is started."""

    def switch_on(self) -> None:
        """Start it from the next session on."""

    def switch_off(self) -> None:
        """Leave nothing behind."""


def start_command(data_dir: Path) -> list[str]:
    """The command line that opens the window in the tray."""
    app = [sys.executable]
    if not getattr(sys, "frozen", False):
        app = [_without_console(Path(sys.executable)), "-m", "marketer_desktop"]
    return [*app, "desktop", "--background", "--data-dir", str(data_dir.absolute())]


def autostart_of(data_dir: Path) -> Autostart:
    """That of this system and user."""
    command, home = start_command(data_dir), Path.home()
    if sys.platform == "win32":
        from marketer_desktop.system.autostart.registry import (  # noqa: PLC0415 - only there
            UserRegistry,
        )

        return RunKey(UserRegistry(), command)
    elif sys.platform == "darwin":  # noqa: RET505 - else the type checker of each misses the others
        return LaunchAgent(home / "Library" / "LaunchAgents", command)
    else:
        named = Path(os.environ.get("XDG_CONFIG_HOME", ""))
        # The specification has relative paths ignored.
        config = named if named.is_absolute() else home / ".config"
        return XdgAutostart(config / "autostart", command)


def _without_console(python: Path) -> str:
    """On Windows the interpreter that opens no console, where it is there."""
    windowed = python.with_name("pythonw.exe")
    return str(windowed if windowed.exists() else python)
