"""What the palette offers, and the order in which it does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from marketer_desktop.ui.shell.palette_scoring import score

MOST_OF_A_GROUP = 6
MOST_RECENT = 5


@dataclass(frozen=True)
class PaletteEntry:
    """One thing to do or to go to; `key` stays the same between starts."""

    key: str
    group: str
    icon: str
    title: str
    run: Callable[[], None]
    note: str = ""
    keys: str = ""


@dataclass(frozen=True)
class PaletteGroup:
    """Entries under one name."""

    name: str
    entries: list[PaletteEntry]


def before_typing(
    entries: Sequence[PaletteEntry], recent: Sequence[str], recent_name: str
) -> list[PaletteGroup]:
    """What was chosen lately, then each group in the order given."""
    by_key = {entry.key: entry for entry in entries}
    lately = [by_key[key] for key in recent if key in by_key][:MOST_RECENT]
    rest = [entry for entry in entries if entry not in lately]
    names = dict.fromkeys(entry.group for entry in rest)
    groups = [PaletteGroup(recent_name, lately)] if lately else []
    return groups + [
        PaletteGroup(name, [e for e in rest if e.group == name][:MOST_OF_A_GROUP]) for name in names
    ]


def matching(
    query: str, entries: Sequence[PaletteEntry], recent: Sequence[str]
) -> list[PaletteGroup]:
    """The entries that fit, the group with the best one first; what is recent wins a tie."""
    found = [(value, entry) for entry in entries if (value := _value(query, entry)) is not None]
    found.sort(key=lambda pair: (-pair[0], pair[1].key not in recent))
    names = dict.fromkeys(entry.group for _, entry in found)
    return [
        PaletteGroup(name, [entry for _, entry in found if entry.group == name][:MOST_OF_A_GROUP])
        for name in names
    ]


def remembered(key: str, recent: Sequence[str]) -> list[str]:
    """`recent` with `key` at its front."""
    return [key, *(other for other in recent if other != key)][:MOST_RECENT]


def _value(query: str, entry: PaletteEntry) -> float | None:
    """How well title or note fit; the title counts more."""
    values = [score(query, entry.title), _less(score(query, entry.note)) if entry.note else None]
    fitting = [value for value in values if value is not None]
    return max(fitting) if fitting else None


def _less(value: float | None) -> float | None:
    return None if value is None else value * 0.5
