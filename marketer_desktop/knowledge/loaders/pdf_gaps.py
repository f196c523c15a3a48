"""Gives lines of a PDF what pypdf misses: gaps between words, and fonts that it cannot read.

Typesetters of the TeX family move the pen instead of writing spaces; pypdf knows the layout, PDFium
the gaps. Some fonts name their characters in ways that only PDFium understands.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace

import pypdfium2

from marketer_desktop.knowledge.loaders.pdf_layout import USUAL_LEADING, Line

MOST, FEWEST = 0.5, 40  # of PDFium's characters, missing from pypdf's
LINE_HYPHEN = "\ufffe"  # PDFium writes a hyphen at the end of a line so, without the line's end


class WordGaps:
    """The lines of a document as PDFium reads them; close it after use.

    What PDFium cannot open stays as pypdf read it.
    """

    def __init__(self, data: bytes) -> None:
        self._document: pypdfium2.PdfDocument | None = None
        with suppress(pypdfium2.PdfiumError):
            self._document = pypdfium2.PdfDocument(data)

    def close(self) -> None:
        """Free the document."""
        if self._document is not None:
            self._document.close()

    def restored(self, number: int, lines: Iterable[Line]) -> list[Line]:
        """The lines of page `number` (from 0), spaced; one that PDFium reads otherwise stays.

        Where it reads most of the page otherwise its own lines come back, without their layout.
        """
        lines, read = list(lines), self._read(number)
        if _differs(lines, read):
            return _laid_out(read)
        spaced = {_squeezed(line): " ".join(line.split()) for line in read}
        return [replace(line, text=_better(line.text, spaced)) for line in lines]

    def _read(self, number: int) -> list[str]:
        if self._document is None:
            return []
        with suppress(pypdfium2.PdfiumError, IndexError):
            text = self._document[number].get_textpage().get_text_range()
            return str(text).replace(LINE_HYPHEN, "-\n").splitlines()
        return []


def _differs(lines: Sequence[Line], read: Sequence[str]) -> bool:
    """Whether most of what PDFium reads is not among what pypdf did, in whatever order."""
    ours = _comparable("".join(line.text for line in lines))
    theirs = [_comparable(line) for line in read]
    missing = sum(len(line) for line in theirs if line not in ours)
    return missing > MOST * sum(map(len, theirs)) and missing >= FEWEST


def _comparable(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def _laid_out(read: Sequence[str]) -> list[Line]:
    """Lines below each other; an empty one is the gap before a new paragraph."""
    texts = [" ".join(line.split()) for line in read]
    return [
        Line(text, 0.0, -number * USUAL_LEADING, 1.0, bold=False)
        for number, text in enumerate(texts)
        if text
    ]


def _better(text: str, spaced: dict[str, str]) -> str:
    found = spaced.get(_squeezed(text), "")
    return found if found.count(" ") > text.count(" ") else text


def _squeezed(text: str) -> str:
    return "".join(text.split())
