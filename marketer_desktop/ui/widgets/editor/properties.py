"""What our blocks and characters carry besides their looks; it survives undo, split and copy."""

from collections.abc import Iterator

from PySide6.QtGui import (
    QTextBlock,
    QTextBlockUserData,
    QTextCharFormat,
    QTextFormat,
    QTextFragment,
)

from marketer_desktop.publishing.markdown_blocks.leaf import Kind, Path, Placed, path_of
from marketer_desktop.publishing.markdown_blocks.runs import Marks, decoded

_FIRST = QTextFormat.Property.UserProperty.value
LEAF, KIND, PATH, TASK, INFO, MARKS, ALIGNS = range(_FIRST + 1, _FIRST + 8)

HEAD_CELL, CELL = "head", "cell"  # kinds of blocks besides those of `Kind`
CELLS = (HEAD_CELL, CELL)
VERBATIM = (Kind.CODE, Kind.SOURCE)


class ReadBlock(QTextBlockUserData):
    """What was read from a block, until it changes; `age` is the document's when it was read."""

    def __init__(self, placed: Placed, age: int) -> None:
        super().__init__()
        self.placed: Placed | None = placed
        self.age = age


def fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    """The runs of a block: characters with one look."""
    held = block.begin()
    while not held.atEnd():
        yield held.fragment()
        held += 1


def kind_of(block: QTextBlock) -> str:
    """A value of `Kind`, `HEAD_CELL` or `CELL`."""
    return str(block.blockFormat().stringProperty(KIND) or Kind.PARAGRAPH)


def is_verbatim(block: QTextBlock) -> bool:
    """Whether a block's characters are shown as they are written."""
    return kind_of(block) in VERBATIM


def is_cell(block: QTextBlock) -> bool:
    """Whether a block lies in a table."""
    return kind_of(block) in CELLS


def path_at(block: QTextBlock) -> Path:
    """The quotes and list items around a block."""
    return path_of(block.blockFormat().stringProperty(PATH))


def marks_of(look: QTextCharFormat) -> Marks:
    """The marks of characters with this look."""
    return decoded(look.stringProperty(MARKS))


def begins_item(block: QTextBlock) -> bool:
    """Whether a block is the first one of the list item it is in."""
    path = path_at(block)
    return bool(path) and path[-1].is_item and path[-1] not in path_at(block.previous())
