"""Reads plain text: hard-wrapped paragraphs become one line each."""

import itertools
import re

from marketer_desktop.knowledge.loaders.cleaning import clean, join_lines
from marketer_desktop.knowledge.loaders.decoding import decode
from marketer_desktop.knowledge.loaders.document import (
    MOST_CHARACTERS,
    FileType,
    LoadedDocument,
    PageText,
    too_long,
)

WRAPPED_AT_LEAST = 45
FILLED = 0.7
LIST_ITEM = re.compile(r"([-*+•–—]|\d+[.)])\s")


def load_text(data: bytes) -> LoadedDocument:
    """The text in `data`, whatever its encoding."""
    raw = decode(data)
    if len(raw) > MOST_CHARACTERS:
        raise too_long()
    text = "\n\n".join(_unwrap(block.split("\n")) for block in clean(raw).split("\n\n"))
    return LoadedDocument(file_type=FileType.TXT, pages=[PageText(page=None, text=text)])


def _unwrap(lines: list[str]) -> str:
    width = max(map(len, lines))
    if width < WRAPPED_AT_LEAST:
        return "\n".join(lines)
    paragraphs = [[lines[0]]]
    for previous, line in itertools.pairwise(lines):
        if len(previous) >= FILLED * width and not LIST_ITEM.match(line):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return "\n".join(map(join_lines, paragraphs))
