"""Cleans text that comes out of files: spaces, line ends, stray characters."""

import re
from collections.abc import Iterable

LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\x80-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufffe\uffff\U000e0000-\U000e007f]"
)
SURROGATES = re.compile("[\ud800-\udfff]")
LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
SPACES = re.compile(r"[^\S\n]+")
BLANK_LINES = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """`text` with plain spaces, `\\n` line ends, at most one blank line in a row, trimmed."""
    text = LINE_ENDS.sub("\n", text).translate(LIGATURES)
    text = SURROGATES.sub("\ufffd", INVISIBLE.sub("", text))
    lines = (SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def paragraphs(blocks: Iterable[str]) -> str:
    """The blocks that hold text, cleaned, with one blank line between them."""
    return "\n\n".join(cleaned for block in blocks if (cleaned := clean(block)))


def join_line(text: str, line: str) -> str:
    """`text` continued by `line`, with a word that was hyphenated at the line end put together."""
    hyphenated = re.search(r"[^\W\d_]-$", text) and line[:1].islower()
    return text[:-1] + line if hyphenated else f"{text} {line}"
