"""One block without blocks inside, and where it stands among quotes and list items."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from marketer_desktop.publishing.markdown_blocks.runs import BREAK, Runs

BLANKS = f" \t{BREAK}"
QUOTE, BULLETS, NUMBERS = "q", "u", "o"

_ids = itertools.count(1)
fresh_id: Callable[[], int] = _ids.__next__


class Kind(StrEnum):
    """What a block is; `source` is shown and edited as it is written."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CODE = "code"
    SOURCE = "source"
    RULE = "rule"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Step:
    """A quote or a list item that a block is in; `group` is the list, or the quote itself."""

    sort: str
    group: int
    item: int

    @property
    def is_item(self) -> bool:
        """Whether this is a list item."""
        return self.sort != QUOTE


Path = tuple[Step, ...]


def path_text(path: Path) -> str:
    """A path as a short text."""
    return "/".join(f"{step.sort}{step.group}.{step.item}" for step in path)


@lru_cache(maxsize=4096)
def path_of(text: str) -> Path:
    """The path behind a text made by `path_text`."""
    if not text:
        return ()
    return tuple(
        Step(word[0], *(int(number) for number in word[1:].split("."))) for word in text.split("/")
    )


def shared(one: Path, other: Path) -> int:
    """How many quotes and items two blocks have in common."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


@dataclass(frozen=True, slots=True)
class Leaf:
    """A block as it is shown. `text` is that of code and source, `runs` that of the others.

    `task`: empty, or the character in the box of a task. `rows`: a table's cells, head first.
    `aligns`: empty, `left`, `center` or `right` for each column.
    """

    kind: Kind
    path: Path = ()
    runs: Runs = ()
    text: str = ""
    level: int = 0
    info: str = ""
    task: str = ""
    rows: tuple[tuple[Runs, ...], ...] = ()
    aligns: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to be written."""
        has_text = any(run.text.strip(BLANKS) or run.marks.code for run in self.runs)
        return self.kind is Kind.PARAGRAPH and not has_text and not self.task


@dataclass(frozen=True, slots=True)
class Placed:
    """A block of an edited text, with the id of the source block it came from, or 0."""

    id: int
    leaf: Leaf
