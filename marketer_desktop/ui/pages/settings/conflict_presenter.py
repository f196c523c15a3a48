"""What was changed on both sides: gathered by row, with values that can be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from marketer_desktop.services.sync_conflicts import SyncConflict

LONGEST_VALUE = 80  # more is compared as a text
Place = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Difference:
    """One field with both values; `is_text` if they are to be compared word by word."""

    conflict: SyncConflict

    @property
    def mine(self) -> Any:
        """What stands here."""
        return self.conflict.mine

    @property
    def theirs(self) -> Any:
        """What stands on the server."""
        return self.conflict.theirs

    @property
    def is_whole(self) -> bool:
        """Whether it is about the row as such: the server has it no more."""
        return not self.conflict.field

    @property
    def is_text(self) -> bool:
        """Whether either value is too long to stand in a column."""
        if self.is_whole:
            return False
        values = (self.mine, self.theirs)
        return any(isinstance(v, dict) or _is_long(v) for v in values)


@dataclass
class Disputed:
    """A row that was changed on both sides, and where it can be looked at."""

    what: str
    organization: str
    entity: str
    place: Place | None
    differences: list[Difference] = field(default_factory=list)


def disputed(conflicts: Sequence[SyncConflict]) -> list[Disputed]:
    """The rows in the order of their first conflict."""
    found: dict[object, Disputed] = {}
    for each in conflicts:
        place = place_of(each.entity, each.project_id, each.activity_id)
        key = (each.account_id, each.entity, each.what, str(place))
        if key not in found:
            found[key] = Disputed(each.what, each.organization, each.entity, place)
        found[key].differences.append(Difference(each))
    return list(found.values())


def place_of(entity: str, project_id: int | None, activity_id: int | None) -> Place | None:
    """The page on which a row is seen and edited, if there is one."""
    if activity_id is not None:
        return "activity", {"activity_id": activity_id}
    if project_id is not None:
        tab = "settings" if entity == "project" else "activities"
        return "project", {"project_id": project_id, "tab": tab}
    if entity in ("member", "organization"):
        return "team", {}
    return None


def lines_of(value: Any) -> str:
    """A value as a text of lines, to be compared."""
    if isinstance(value, Mapping):
        return "\n".join(f"{_spaced(key)}: {_in_line(each)}" for key, each in value.items() if each)
    if isinstance(value, list):
        return "\n".join(map(_in_line, value))
    return "" if value is None else str(value)


def _is_long(value: Any) -> bool:
    text = lines_of(value)
    return len(text) > LONGEST_VALUE or (isinstance(value, str) and "\n" in text.strip())


def _in_line(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_in_line, value))
    if isinstance(value, Mapping):
        return ", ".join(f"{_spaced(key)} {_in_line(each)}" for key, each in value.items())
    return str(value)


def _spaced(key: str) -> str:
    return key.replace("_", " ").capitalize()
