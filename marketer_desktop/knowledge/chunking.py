"""Cuts a document into overlapping chunks whose places in the text are known exactly."""

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from pydantic import BaseModel

from marketer_desktop.domain.facts import is_heading
from marketer_desktop.knowledge.loaders.document import PAGE_BREAK, LoadedDocument
from marketer_desktop.knowledge.model_files import count_tokens
from marketer_desktop.system.loading import LOADING

if TYPE_CHECKING:  # heavy, off the start path
    from langchain_text_splitters import RecursiveCharacterTextSplitter

# In tokens of the embedding model: a chunk is new text and a little of what came before.
NEW_TEXT, OVERLAP = 170, 30
# Paragraphs and sentences alike first: a heading then stays with the text that follows it.
SEPARATORS = (
    r"\n+|(?<=[.!?…])[\"'”’)\]]*\s+",
    r"(?<=[;:,])\s+",
    r"\s+",
    "",
)
LINE = re.compile(r"(?<![^\n\f])[^\n\f]+(?=\n\n|\f|\Z)")  # a paragraph of one line
SENTENCE_START = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][\"'”’)\]])|\n)\s*(?=\S)")


class Chunk(BaseModel):
    """A piece of a document: `full_text[start:end] == text`; ordinals count from 0.

    `heading` is the one it begins under, if any.
    """

    ordinal: int
    page: int | None
    start: int
    end: int
    text: str
    heading: str | None = None


def chunk_document(loaded: LoadedDocument) -> list[Chunk]:
    """The chunks of `loaded` in order; none crosses a page."""
    chunks: list[Chunk] = []
    headings = _headings(loaded.full_text)
    offset = 0
    for page in loaded.pages:
        for start, end in _spans(page.text):
            text = page.text[start:end]
            chunks.append(
                Chunk(
                    ordinal=len(chunks),
                    page=page.page,
                    start=offset + start,
                    end=offset + end,
                    text=text,
                    heading=_above(headings, offset + start),
                )
            )
        offset += len(page.text) + len(PAGE_BREAK)
    return chunks


def _headings(full_text: str) -> list[tuple[int, str]]:
    """The headings of a text with their places in it."""
    lines = ((match.start(), match.group().strip("# ")) for match in LINE.finditer(full_text))
    return [(place, line) for place, line in lines if is_heading(line)]


def _above(headings: list[tuple[int, str]], place: int) -> str | None:
    """The last heading that ends before `place`."""
    before = bisect_left(headings, place, key=lambda heading: heading[0])
    return headings[before - 1][1] if before else None


@cache
def _splitter() -> "RecursiveCharacterTextSplitter":
    with LOADING:
        from langchain_text_splitters import RecursiveCharacterTextSplitter  # noqa: PLC0415 — heavy

    # Without an overlap of its own: with one, its start index is a guess in characters
    # (-1 where the overlap is longer), because it takes the overlap in tokens for characters.
    return RecursiveCharacterTextSplitter(
        separators=list(SEPARATORS),
        is_separator_regex=True,
        keep_separator="end",
        chunk_size=NEW_TEXT,
        chunk_overlap=0,
        length_function=count_tokens,
        add_start_index=True,
    )


def _spans(text: str) -> list[tuple[int, int]]:
    """Where the chunks of one page start and end in its text."""
    spans: list[tuple[int, int]] = []
    for document in _splitter().create_documents([text]):
        start: int = document.metadata["start_index"]
        end = start + len(document.page_content)
        spans.append((_with_overlap(text, spans[-1][0], start) if spans else start, end))
    return spans


def _with_overlap(text: str, earliest: int, start: int) -> int:
    """The start of the last sentences before `start` that fit into the overlap, else `start`."""
    best = start
    starts = [match.end() for match in SENTENCE_START.finditer(text, earliest, start)]
    for candidate in reversed([place for place in starts if place < start]):
        if count_tokens(text[candidate:start]) > OVERLAP:
            break
        best = candidate
    return best
