"""Two people have changed a row: field by field, which value the row gets, and what is disputed."""

from collections.abc import Mapping
from typing import Any, NamedTuple

Fields = Mapping[str, Any]


class Dispute(NamedTuple):
    """A field that was changed here and there, differently."""

    field: str
    mine: Any
    theirs: Any


class Merged(NamedTuple):
    """The fields as the row gets them, and those that somebody has to decide."""

    fields: dict[str, Any]
    disputes: list[Dispute]


def merge(base: Fields | None, mine: Fields, theirs: Fields) -> Merged:
    """What only one side changed stays; what both did differently is the server's, and disputed.

    `base` is what both began with. Where that is not known, all that differs is disputed.
    """
    fields, disputes = dict(theirs), []
    for name in mine.keys() | theirs.keys():
        here, there = mine.get(name), theirs.get(name)
        if alike(here, there):
            fields[name] = there
        elif base is not None and alike(base.get(name), there):
            fields[name] = here
        elif base is None or not alike(base.get(name), here):
            disputes.append(Dispute(name, here, there))
    return Merged(fields, sorted(disputes, key=lambda each: each.field))


def differing(base: Fields | None, mine: Fields) -> dict[str, Any]:
    """The fields that are not as in `base`; without one, all."""
    before = base or {}
    return {name: value for name, value in mine.items() if not alike(before.get(name), value)}


def alike(one: Any, other: Any) -> bool:
    """Whether two values say the same: nothing is nothing, and blanks around a text say nothing."""
    return bool(_said(one) == _said(other))


def _said(value: Any) -> Any:
    if isinstance(value, str):
        value = value.strip()
    return None if value in ("", [], {}) else value
