"""Autostart of macOS: a launch agent of the user."""

import plistlib
from pathlib import Path
from xml.parsers.expat import ExpatError

LABEL = "desktop.marketer.app"


class LaunchAgent:
    """The property list in `folder` that runs `command`; launchd reads it when the user logs in."""

    def __init__(self, folder: Path, command: list[str]) -> None:
        self._path = folder / f"{LABEL}.plist"
        self._command = command

    @property
    def place(self) -> str:
        """The property list."""
        return str(self._path)

    @property
    def is_on(self) -> bool:
        """Whether it runs this very program."""
        try:
            told = plistlib.loads(self._path.read_bytes())
        except (OSError, ValueError, ExpatError):
            return False
        runs = isinstance(told, dict) and told.get("ProgramArguments") == self._command
        return runs and told.get("RunAtLoad") is True and not told.get("Disabled", False)

    def switch_on(self) -> None:
        """Write it, in one piece."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        told = {
            "Label": LABEL,
            "ProgramArguments": self._command,
            "RunAtLoad": True,
            "LimitLoadToSessionType": "Aqua",
            "ProcessType": "Interactive",
        }
        draft = self._path.with_suffix(".tmp")
        draft.write_bytes(plistlib.dumps(told))
        draft.replace(self._path)

    def switch_off(self) -> None:
        """Remove it; where there is none, all is well."""
        self._path.unlink(missing_ok=True)
