"""Gives lines of a PDF the gaps between words that pypdf misses where a font has no space.

Typesetters of the TeX family move the pen instead of writing spaces; pypdf knows the layout, PDFium
the gaps.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

import pypdfium2

from marketer_desktop.knowledge.loaders.pdf_layout import Line

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
        """The lines of page `number` (from 0), spaced; one that PDFium reads otherwise stays."""
        spaced = {_squeezed(line): " ".join(line.split()) for line in self._read(number)}
        return [replace(line, text=_better(line.text, spaced)) for line in lines]

    def _read(self, number: int) -> list[str]:
        if self._document is None:
            return []
        with suppress(pypdfium2.PdfiumError, IndexError):
            text = self._document[number].get_textpage().get_text_range()
            return str(text).replace(LINE_HYPHEN, "-\n").splitlines()
        return []


def _better(text: str, spaced: dict[str, str]) -> str:
    found = spaced.get(_squeezed(text), "")
    return found if found.count(" ") > text.count(" ") else text


def _squeezed(text: str) -> str:
    return "".join(text.split())
