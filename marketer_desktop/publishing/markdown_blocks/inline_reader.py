"""Turns the parser's inline tokens into runs."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from marketer_desktop.publishing.markdown_blocks.runs import (
    BACKSLASH,
    BREAK,
    OBJECT,
    PLAIN,
    SOFT,
    SPACES,
    Marks,
    Run,
    Runs,
    normalised,
)

TAG = re.compile(r"<(/?)(u|ins|b|strong|i|em|s|del)>")
TAG_MARK = {
    "u": "underline",
    "ins": "underline",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strike",
    "del": "strike",
}
TOKEN_MARK = {"strong": "bold", "em": "italic", "s": "strike"}

Definitions = Mapping[str, str]


def runs_of(token: Token, definitions: Definitions) -> Runs:
    """The runs of an inline token; `definitions` gives the labels as they are written."""
    return _InlineReader(token, definitions).read()


class _InlineReader:
    def __init__(self, token: Token, definitions: Definitions) -> None:
        self._tokens: Sequence[Token] = token.children or []
        self._definitions = definitions
        self._breaks = _hard_breaks(token.content)
        self._marks, self._open = PLAIN, list[Marks]()
        self._runs: list[Run] = []

    def read(self) -> Runs:
        paired = _paired_tags(self._tokens)
        for index, token in enumerate(self._tokens):
            if token.type == "html_inline" and index in paired:
                self._tag(token.content)
            else:
                self._take(token)
        return normalised(self._runs)

    def _take(self, token: Token) -> None:
        if token.type == "text":
            self._add(token.content)
        elif token.type == "text_special":
            self._add(token.content, raw=token.markup)
        elif token.type == "softbreak":
            self._add(" ", line=SOFT)
        elif token.type == "hardbreak":
            self._add(BREAK, line=self._breaks.pop(0) if self._breaks else SPACES)
        elif token.type == "code_inline":
            self._add(token.content, code=True)
        elif token.type == "html_inline":
            self._add(token.content.replace("\n", " "), html=True)
        elif token.type == "image":
            self._add(OBJECT, image=(*self._target(token, "src"), self._label(token)))
        elif token.nesting == 1:
            self._enter(token)
        elif token.nesting == -1:
            self._marks = self._open.pop()

    def _enter(self, token: Token) -> None:
        self._open.append(self._marks)
        if token.type == "link_open":
            href, title = str(token.attrGet("href") or ""), str(token.attrGet("title") or "")
            form = "<" if token.markup == "autolink" else self._label(token)
            self._marks = replace(self._marks, link=(href, title, form))
        else:
            name = TOKEN_MARK[token.type.removesuffix("_open")]
            self._marks = _marked(self._marks, name, token.markup)

    def _tag(self, tag: str) -> None:
        match = TAG.fullmatch(tag)
        assert match
        self._marks = _marked(self._marks, TAG_MARK[match[2]], "" if match[1] else tag)

    def _target(self, token: Token, name: str) -> tuple[str, str, str]:
        title = str(token.attrGet("title") or "")
        return str(token.attrGet(name) or ""), token.content.replace("\n", " "), title

    def _label(self, token: Token) -> str:
        label = (token.meta or {}).get("label")
        return self._definitions.get(label, label) if label else ""

    def _add(self, text: str, **more: Any) -> None:
        self._runs.append(Run(text, replace(self._marks, **more) if more else self._marks))


def _marked(marks: Marks, name: str, marker: str) -> Marks:
    change: dict[str, Any] = {name: marker}
    return replace(marks, **change)


def _paired_tags(tokens: Sequence[Token]) -> set[int]:
    """Indices of tags that open and close a mark we know; others stay as they are written."""
    paired, waiting = set[int](), dict[str, int]()
    for index, token in enumerate(tokens):
        match = TAG.fullmatch(token.content) if token.type == "html_inline" else None
        if not match:
            continue
        if not match[1]:
            if not any(TAG_MARK[name] == TAG_MARK[match[2]] for name in waiting):
                waiting[match[2]] = index
        elif match[2] in waiting and tokens[waiting[match[2]]].level == token.level:
            paired |= {waiting.pop(match[2]), index}
    return paired


def _hard_breaks(content: str) -> list[str]:
    """How each hard break is written, in order."""
    return [
        BACKSLASH if line.endswith(BACKSLASH) else SPACES
        for line in content.split("\n")[:-1]
        if line.endswith((SPACES, BACKSLASH))
    ]


def same_label(one: str, other: str) -> bool:
    """Whether two labels mean the same definition."""
    return normalizeReference(one) == normalizeReference(other)
