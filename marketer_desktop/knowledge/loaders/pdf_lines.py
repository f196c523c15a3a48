"""The lines of a PDF page as PDFium reads them: their text, place, size and weight."""

import ctypes
import math
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2
from pypdfium2 import raw

from marketer_desktop.knowledge.loaders.cleaning import SURROGATES
from marketer_desktop.knowledge.loaders.pdf_calls import Characters
from marketer_desktop.knowledge.loaders.pdf_fonts import UNKNOWN, UnnamedLetters
from marketer_desktop.knowledge.loaders.pdf_layout import USUAL_LEADING, Line

# Its hyphen at the end of a line stands for the line's end too; of a character it is a mere 2.
LINE_HYPHEN, HYPHEN_CODE = "\ufffe", 2
LINE = re.compile(f"[^\n{LINE_HYPHEN}]+{LINE_HYPHEN}?")
# No letters: where there are such, some font only numbers its signs.
CODES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]|\r(?!\n)")
# Some programs tell both letters of a ligature for each of the two.
TWICE = re.compile(r"(ff[il]?|f[il])\1")
# Points: nobody prints letters as small as this. Fonts that are drawings have a scale of their own.
SMALLEST = 2.0
TOUCHING = 0.1  # of the font size


def lines_of(document: pypdfium2.PdfDocument, number: int) -> list[Line]:
    """The lines of a page that hold text, in the order in which they were written."""
    # pypdfium2's own page takes a tenth of the time of its text to be made and closed.
    with (
        _closed_by(raw.FPDF_ClosePage, raw.FPDF_LoadPage(document.raw, number)) as page,
        _closed_by(raw.FPDFText_ClosePage, raw.FPDFText_LoadPage(page)) as text_page,
    ):
        return _sized([*_Page(text_page).lines()])


@contextmanager
def _closed_by(close: Callable[[Any], None], opened: Any) -> Iterator[Any]:
    if not opened:
        raise pypdfium2.PdfiumError("The page cannot be read.")
    try:
        yield opened
    finally:
        close(opened)


class _Page:
    """What PDFium tells of the characters of a page."""

    def __init__(self, text_page: Any) -> None:
        self._page, self._drawn = text_page, Characters(text_page)
        self._letters = UnnamedLetters(text_page)
        self._plain = False
        self._text = self._characters()

    def lines(self) -> Iterator[Line]:
        """Every line with more in it than blanks."""
        previous, end = None, 0
        even = self._plain and "  " not in self._text and not TWICE.search(self._text)
        for start, written in self._evenly() if even else self._unevenly():
            if not (text := written.strip() if even else self._made_even(start, written)):
                continue
            first = start + len(written) - len(written.lstrip())
            line = self._line(text, first, last := start + len(written.rstrip()) - 1)
            if previous and self._goes_on(previous, end, line):
                line = previous._replace(text=previous.text + line.text)
            elif previous:
                yield previous
            previous, end = line, last
        if previous:
            yield previous

    def _evenly(self) -> Iterator[tuple[int, str]]:
        """The lines of a page without hyphens at their ends, and where each starts."""
        start = 0
        for line in self._text.split("\n"):
            yield start, line
            start += len(line) + 1

    def _unevenly(self) -> Iterator[tuple[int, str]]:
        return ((found.start(), found.group()) for found in LINE.finditer(self._text))

    def _made_even(self, start: int, line: str) -> str:
        """A line with plain spaces, without letters that stand on the place of others."""

        def letters(twice: re.Match[str]) -> str:
            one, other = (self._drawn.place(start + at) for at in (twice.start(), twice.end(1)))
            return twice.group(1) if math.dist(one, other) < SMALLEST else twice.group()

        return _whole(" ".join(TWICE.sub(letters, line).split()).replace(LINE_HYPHEN, "-"))

    def _goes_on(self, previous: Line, end: int, line: Line) -> bool:
        """Whether PDFium has parted a word: `line` begins where `previous` has its last letter."""
        if abs(previous.y - line.y) > TOUCHING * line.size:
            return False
        box = raw.FS_RECTF()
        raw.FPDFText_GetLooseCharBox(self._page, end, box)
        return bool(abs(line.x - box.right) < TOUCHING * line.size)

    def _characters(self) -> str:
        """The text, of which each character has its number on the page."""
        count = raw.FPDFText_CountChars(self._page)
        text = self._told(count)
        if len(text) == count:
            self._plain = _is_plain(text)
            if self._plain or not CODES.search(text):
                return text
        return "".join(map(self._character, range(count)))

    def _told(self, count: int) -> str:
        """What PDFium gives as the text of so many characters; with some left out, nothing."""
        ends = {0, count - 1} if count > 0 else set()
        if any(raw.FPDFText_GetTextIndexFromCharIndex(self._page, end) != end for end in ends):
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = raw.FPDFText_GetText(self._page, 0, count, buffer)
        return bytes(buffer)[: 2 * (written - 1)].decode("utf-16-le", "ignore")

    def _character(self, number: int) -> str:
        code = raw.FPDFText_GetUnicode(self._page, number)
        if code == HYPHEN_CODE and raw.FPDFText_IsHyphen(self._page, number) == 1:
            return LINE_HYPHEN
        if raw.FPDFText_HasUnicodeMapError(self._page, number) == 1:
            return self._letters.letter(number, code)
        return chr(code) if code <= sys.maxunicode else UNKNOWN

    def _line(self, text: str, first: int, last: int) -> Line:
        middle = (first + last) // 2
        while self._text[middle].isspace():
            middle += 1
        return self._drawn.line(text, first, middle, last)


def _whole(text: str) -> str:
    """`text` with letters of which some fonts tell the two halves that UTF-16 writes them with."""
    if not SURROGATES.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _is_plain(text: str) -> bool:
    """Whether there is nothing but letters, spaces and ends of lines: takes no time to see."""
    return text.replace("\r\n", "").isprintable()


def _sized(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of no believable size as large as their distances let expect."""
    odd = [line for line in lines if line.size < SMALLEST]
    if not odd:
        return [*lines]
    drops = [above.y - below.y for above, below in pairwise(odd)]
    size = median([drop for drop in drops if drop > SMALLEST] or [SMALLEST]) / USUAL_LEADING
    return [line._replace(size=size) if line.size < SMALLEST else line for line in lines]
