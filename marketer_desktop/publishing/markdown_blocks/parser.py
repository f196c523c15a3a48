"""The Markdown we read: CommonMark with tables, strikethrough, front matter and footnotes."""

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

FENCES = {"---": ("---", "..."), "+++": ("+++",)}
FIRST_LINE = re.compile(r"[\w\"'.-]+\s*[:=]|#|\[")
FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:")
DEFINITION_INDENT = 4


@cache
def parser() -> MarkdownIt:
    """Keeps links as they are written, and tells where definitions and escapes were."""
    settings = {"html": True, "inline_definitions": True, "store_labels": True}
    reader = MarkdownIt("commonmark", settings)
    reader.enable(["table", "strikethrough"]).disable("text_join")
    reader.block.ruler.before("table", "front_matter", _front_matter)
    reader.block.ruler.before("reference", "footnote", _footnote)
    reader.normalizeLink = lambda url: url  # type: ignore[method-assign]
    reader.validateLink = lambda url: True  # type: ignore[method-assign]
    return reader


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _front_matter(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if start or state.level or silent or end < 2:
        return False
    closing = FENCES.get(_line(state, 0).rstrip())
    if not closing or not FIRST_LINE.match(_line(state, 1)):
        return False
    for number in range(1, end):
        if state.sCount[number] == 0 and _line(state, number).rstrip() in closing:
            _push(state, 0, number + 1)
            return True
    return False


def _footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if silent or state.is_code_block(start) or not FOOTNOTE.match(_line(state, start)):
        return False
    last = start + 1
    for number in range(start + 1, end):
        if state.isEmpty(number):
            continue
        if state.sCount[number] < state.blkIndent or FOOTNOTE.match(_line(state, number)):
            break
        is_indented = state.sCount[number] - state.blkIndent >= DEFINITION_INDENT
        if last < number and not is_indented:
            break
        last = number + 1
    _push(state, start, last)
    return True


def _push(state: StateBlock, start: int, end: int) -> None:
    token = state.push("source", "", 0)
    token.map = [start, end]
    state.line = end
