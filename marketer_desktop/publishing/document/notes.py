"""The footnotes of a text: which there are, and in what order they are first asked for."""

import re
from collections.abc import Iterable, Iterator

from marketer_desktop.publishing.markdown_blocks.leaf import Kind, Leaf

_DEFINITION = re.compile(r"[ \t]*\[\^([^\]\s]+)\]:[ \t]*")
_ASKED = re.compile(r"\[\^([^\]\s]+)\]")
_INDENT = re.compile(r"^(?: {1,4}|\t)", re.MULTILINE)


class Notes:
    """`numbers` by label, from 1 on; `texts` is their Markdown in that order.

    `unasked` are the numbers of those that no mark in the text leads to.
    """

    def __init__(self, leaves: Iterable[Leaf]) -> None:
        given, asked = dict[str, str](), dict[str, None]()
        for leaf in leaves:
            found = _DEFINITION.match(leaf.text) if leaf.kind is Kind.SOURCE else None
            if found:
                given.setdefault(found[1], _INDENT.sub("", leaf.text[found.end() :]))
            else:
                asked |= dict.fromkeys(_asked_in(leaf))
        ordered = [label for label in asked if label in given]
        ordered += [label for label in given if label not in asked]
        self.numbers = {label: number for number, label in enumerate(ordered, start=1)}
        self.unasked = [self.numbers[label] for label in given if label not in asked]
        self.texts = [given[label] for label in ordered]


def _asked_in(leaf: Leaf) -> Iterator[str]:
    lines = [leaf.runs, *(cell for row in leaf.rows for cell in row)]
    for run in (run for line in lines for run in line):
        if "[^" in run.text and not (run.marks.code or run.marks.html):
            yield from _ASKED.findall(run.text)
