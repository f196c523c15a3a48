"""Cleans text that comes out of files: spaces, line ends, stray characters."""

import re
from collections.abc import Iterable, Iterator

LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
LIGATURE = re.compile("[ﬀ-ﬆ]")
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\x80-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufffe\uffff\U000e0000-\U000e007f]"
)
SURROGATES = re.compile("[\ud800-\udfff]")
LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
SPACES = re.compile(r"[^\S\n]+")
BLANK_LINES = re.compile(r"\n{3,}")
HYPHENATED = re.compile(r"[^\W\d_]-")
# No writer makes a paragraph of this many characters; a text without line ends is cut up, because
# what works on paragraphs would take too long and too much memory over it.
LONGEST_PARAGRAPH = 10_000


def clean(text: str) -> str:
    """`text` with plain spaces, `\\n` line ends, at most one blank line in a row, trimmed."""
    # Most text needs none of this, and to see that takes less time than any of it.
    if not text.isascii() and LIGATURE.search(text):
        text = text.translate(LIGATURES)
    if unusual := not text.replace("\n", "").isprintable():
        text = LINE_ENDS.sub("\n", text)
        text = SURROGATES.sub("\ufffd", INVISIBLE.sub("", text))
    if unusual or "  " in text:
        text = SPACES.sub(" ", text)
    if "\n" in text:
        text = "\n".join([line.strip() for line in text.split("\n")])
        if "\n\n\n" in text:
            text = BLANK_LINES.sub("\n\n", text)
    return text.strip()


def paragraphs(blocks: Iterable[str]) -> str:
    """The blocks that hold text, cleaned, with one blank line between them."""
    return "\n\n".join(cleaned for block in blocks if (cleaned := clean(block)))


def join_lines(lines: Iterable[str]) -> str:
    """The lines of a paragraph as one, words that were hyphenated at a line end put together."""
    parts: list[str] = []
    for line in lines:
        if parts and parts[-1].endswith("-") and _is_parted(parts[-1], line):
            parts[-1] = parts[-1][:-1]
        elif parts:
            parts.append(" ")
        parts.append(line)
    return "".join(parts)


def _is_parted(line: str, following: str) -> bool:
    """Whether the last word of a line with a hyphen goes on in the next."""
    return following[:1].islower() and HYPHENATED.fullmatch(line[-2:]) is not None


def parted(text: str) -> str:
    """`text` with paragraphs of bearable length, longer ones cut at spaces where there are any."""
    return "\n".join(
        line if len(line) <= LONGEST_PARAGRAPH else "\n\n".join(_cut(line))
        for line in text.split("\n")
    )


def _cut(line: str) -> Iterator[str]:
    start = 0
    while len(line) - start > LONGEST_PARAGRAPH:
        end = line.rfind(" ", start + LONGEST_PARAGRAPH // 2, start + LONGEST_PARAGRAPH)
        end = start + LONGEST_PARAGRAPH if end < 0 else end
        yield line[start:end].strip()
        start = end
    yield line[start:].strip()
