"""Every shortcut of the window: the one table that it binds and that the sheet shows."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QT_TRANSLATE_NOOP

Group = Literal["Anywhere", "Go to", "Editor", "While it writes", "Wizard and forms"]


@dataclass(frozen=True)
class ShortcutEntry:
    """`name` is what the window binds the keys to; without one, a page binds them itself."""

    keys: str
    text: str
    group: Group
    name: str = ""
    shown: str = ""  # what is shown in place of the keys, where they stand for several


def _entry(
    keys: str, marked: object, group: Group, name: str = "", *, shown: str = ""
) -> ShortcutEntry:
    """`marked` is a text; Qt's types do not say so of what it has marked for translation."""
    return ShortcutEntry(keys, str(marked), group, name, shown)


MARKED = (
    QT_TRANSLATE_NOOP("Shortcuts", "Anywhere"),
    QT_TRANSLATE_NOOP("Shortcuts", "Go to"),
    QT_TRANSLATE_NOOP("Shortcuts", "Editor"),
    QT_TRANSLATE_NOOP("Shortcuts", "While it writes"),
    QT_TRANSLATE_NOOP("Shortcuts", "Wizard and forms"),
)
GROUPS = tuple(str(marked) for marked in MARKED)

SHORTCUTS: tuple[ShortcutEntry, ...] = (
    _entry("Ctrl+K", QT_TRANSLATE_NOOP("Shortcuts", "Search or jump to"), "Anywhere", "palette"),
    _entry("Ctrl+N", QT_TRANSLATE_NOOP("Shortcuts", "New activity"), "Anywhere", "new_activity"),
    _entry("F6", QT_TRANSLATE_NOOP("Shortcuts", "Next part of the window"), "Anywhere", "region"),
    _entry("Alt+Left", QT_TRANSLATE_NOOP("Shortcuts", "Back"), "Anywhere", "back"),
    _entry("Esc", QT_TRANSLATE_NOOP("Shortcuts", "Close what lies on top"), "Anywhere"),
    _entry("F1", QT_TRANSLATE_NOOP("Shortcuts", "Keyboard shortcuts"), "Anywhere", "shortcuts"),
    _entry("Ctrl+Q", QT_TRANSLATE_NOOP("Shortcuts", "Quit"), "Anywhere", "quit"),
    _entry("Ctrl+1", QT_TRANSLATE_NOOP("Shortcuts", "Dashboard"), "Go to", "dashboard"),
    _entry("Ctrl+2", QT_TRANSLATE_NOOP("Shortcuts", "Projects"), "Go to", "projects"),
    _entry("Ctrl+3", QT_TRANSLATE_NOOP("Shortcuts", "Calendar"), "Go to", "calendar"),
    _entry("Ctrl+4", QT_TRANSLATE_NOOP("Shortcuts", "Documents"), "Go to", "documents"),
    _entry("Ctrl+5", QT_TRANSLATE_NOOP("Shortcuts", "Team"), "Go to", "team"),
    _entry("Ctrl+,", QT_TRANSLATE_NOOP("Shortcuts", "Settings"), "Go to", "settings"),
    _entry("Ctrl+B", QT_TRANSLATE_NOOP("Shortcuts", "Bold"), "Editor"),
    _entry("Ctrl+I", QT_TRANSLATE_NOOP("Shortcuts", "Italic"), "Editor"),
    _entry("Ctrl+U", QT_TRANSLATE_NOOP("Shortcuts", "Underline"), "Editor"),
    _entry(
        "Ctrl+Alt+1", QT_TRANSLATE_NOOP("Shortcuts", "Headings"), "Editor", shown="Ctrl+Alt+1…6"
    ),
    _entry("Ctrl+F", QT_TRANSLATE_NOOP("Shortcuts", "Find"), "Editor"),
    _entry("Ctrl+H", QT_TRANSLATE_NOOP("Shortcuts", "Find and replace"), "Editor"),
    _entry(
        "Ctrl+Shift+1", QT_TRANSLATE_NOOP("Shortcuts", "Tabs"), "Editor", shown="Ctrl+Shift+1…4"
    ),
    _entry("Ctrl+J", QT_TRANSLATE_NOOP("Shortcuts", "Rewrite the selection"), "Editor"),
    _entry("Ctrl+Shift+H", QT_TRANSLATE_NOOP("Shortcuts", "Revisions"), "Editor"),
    _entry("Ctrl+\\", QT_TRANSLATE_NOOP("Shortcuts", "Show or hide the panel"), "Editor"),
    _entry("Ctrl+.", QT_TRANSLATE_NOOP("Shortcuts", "Stop the run"), "While it writes"),
    _entry("Alt+Up", QT_TRANSLATE_NOOP("Shortcuts", "Move a section up"), "While it writes"),
    _entry("Alt+Down", QT_TRANSLATE_NOOP("Shortcuts", "Move a section down"), "While it writes"),
    _entry("Ctrl+Return", QT_TRANSLATE_NOOP("Shortcuts", "Write the outline"), "While it writes"),
    _entry("Ctrl+Enter", QT_TRANSLATE_NOOP("Shortcuts", "Next, or finish"), "Wizard and forms"),
    _entry("Alt+Left", QT_TRANSLATE_NOOP("Shortcuts", "Step back"), "Wizard and forms"),
)


def bound() -> list[ShortcutEntry]:
    """The shortcuts that the window binds."""
    return [entry for entry in SHORTCUTS if entry.name]


def of_group(group: str) -> list[ShortcutEntry]:
    """The shortcuts of a group, in order."""
    return [entry for entry in SHORTCUTS if entry.group == group]
