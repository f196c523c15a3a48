"""Writes code in the fence it had, or in one that is long enough."""

import re
from collections.abc import Sequence

from marketer_desktop.publishing.markdown_blocks.leaf import Leaf

FENCE = re.compile(r"([ \t]*)(`{3,}|~{3,})(.*)$")
INDENT = " " * 4


def code_lines(leaf: Leaf, before: Leaf | None, rests: Sequence[str]) -> list[str]:
    """The lines of a code block; `rests` are those that the block `before` was written on."""
    lines = leaf.text.split("\n") if leaf.text else []
    opening = FENCE.match(rests[0]) if rests else None
    if rests and not opening and lines and lines[0].strip() and lines[-1].strip() and not leaf.info:
        return [INDENT + line if line else "" for line in lines]
    indent, fence, words = ("", "```", leaf.info) if not opening else opening.groups()
    if before is None or leaf.info != before.info:
        words = leaf.info
    if "`" in words and fence[0] == "`":
        fence = "~~~"
    longest = max((_run(line, fence[0]) for line in lines), default=0)
    fence = fence[0] * max(len(fence), longest + 1)
    is_closed = not rests or (len(rests) > 1 and _closes(rests[-1], rests[0]))
    closing = rests[-1] if opening and is_closed and opening[2] == fence else indent + fence
    return [f"{indent}{fence}{words}", *(indent + line if line else "" for line in lines), closing]


def _run(line: str, character: str) -> int:
    """How long a fence of this character at the start of a line is."""
    text = line.lstrip(" ")
    return len(text) - len(text.lstrip(character)) if text.startswith(character * 3) else 0


def _closes(line: str, opening: str) -> bool:
    fence = FENCE.match(opening)
    text = line.strip()
    return bool(fence and text.startswith(fence[2]) and not text.strip(fence[2][0]))
