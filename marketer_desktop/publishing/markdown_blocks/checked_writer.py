"""Writes a line of rich text, and reads it back to be sure that it says the same."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from marketer_desktop.publishing.markdown_blocks.escaping import escaped_start
from marketer_desktop.publishing.markdown_blocks.inline_reader import runs_of
from marketer_desktop.publishing.markdown_blocks.inline_writer import ready, written
from marketer_desktop.publishing.markdown_blocks.parser import parser
from marketer_desktop.publishing.markdown_blocks.runs import (
    PLAIN,
    Run,
    Runs,
    normalised,
    without_form,
)

PARAGRAPH = ["paragraph_open", "inline", "paragraph_close"]


class References:
    """What links may refer to; compared by identity, so that results can be kept."""

    def __init__(self, held: Mapping[str, object]) -> None:
        self.held = held


@lru_cache(maxsize=1024)
def checked_lines(runs: Runs, references: References) -> tuple[str, ...]:
    """A paragraph that reads back as `runs`; where the short way fails, all is escaped."""
    wanted = without_form(ready(runs))
    lines: list[str] = []
    for thoroughly in (False, True):
        text = written(runs, thoroughly=thoroughly)
        lines = [escaped_start(line) for line in text.split("\n")] if text else []
        tokens = parser().parse("\n".join(lines), _env(references))
        is_paragraph = [token.type for token in tokens] == PARAGRAPH
        if not lines or (is_paragraph and without_form(runs_of(tokens[1], {})) == wanted):
            break
    return tuple(lines)


@lru_cache(maxsize=1024)
def checked_line(runs: Runs, references: References) -> str:
    """One line for a heading or a cell, where nothing can begin a block."""
    flat = normalised(Run(" ", PLAIN) if run.marks.line else run for run in ready(runs))
    wanted = without_form(flat)
    text = ""
    for thoroughly in (False, True):
        text = written(flat, thoroughly=thoroughly)
        [token] = parser().parseInline(text, _env(references))
        if without_form(runs_of(token, {})) == wanted:
            break
    return text


def _env(references: References) -> dict[str, Any]:
    return {"references": dict(references.held)}
