"""Autostart of Linux desktops: an entry as freedesktop.org's specifications have it."""

from configparser import ConfigParser
from configparser import Error as NoEntry
from pathlib import Path

NAME = "marketer-desktop.desktop"
GROUP = "Desktop Entry"
RESERVED = frozenset(" \t\n\"'\\><~|&;$*?#()`")
ENTRY = """[Desktop Entry]
Type=Application
Name=Marketer
Comment=Writes marketing content on your own machine
Exec={exec}
TryExec={program}
Icon=marketer-desktop
Terminal=false
X-GNOME-Autostart-enabled=true
"""


class XdgAutostart:
    """The entry in `folder` that runs `command`."""

    def __init__(self, folder: Path, command: list[str]) -> None:
        self._path = folder / NAME
        self._command = command

    @property
    def place(self) -> str:
        """The entry's file."""
        return str(self._path)

    @property
    def is_on(self) -> bool:
        """Desktops switch an entry off by marking it; one for another program is none of ours."""
        parser = ConfigParser(interpolation=None, strict=False, delimiters=("=",))
        try:
            parser.read_string(self._path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, NoEntry):
            return False
        if not parser.has_section(GROUP):
            return False
        entry = parser[GROUP]  # its keys are compared in small letters
        hidden = entry.get("hidden", "false") == "true"
        disabled = entry.get("x-gnome-autostart-enabled", "true") == "false"
        return entry.get("exec") == exec_value(self._command) and not (hidden or disabled)

    def switch_on(self) -> None:
        """Write the entry, in one piece."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._path.with_suffix(".tmp")
        program = _as_string(self._command[0])
        draft.write_text(ENTRY.format(exec=exec_value(self._command), program=program), "utf-8")
        draft.replace(self._path)

    def switch_off(self) -> None:
        """Remove the entry; where there is none, all is well."""
        self._path.unlink(missing_ok=True)


def exec_value(command: list[str]) -> str:
    """A command as the key `Exec` has it: quoted as an argument, then escaped as a string."""
    return _as_string(" ".join(map(_as_argument, command)))


def _as_argument(word: str) -> str:
    word = word.replace("%", "%%")
    if word and RESERVED.isdisjoint(word):
        return word
    for sign in '\\"`$':
        word = word.replace(sign, f"\\{sign}")
    return f'"{word}"'


def _as_string(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
