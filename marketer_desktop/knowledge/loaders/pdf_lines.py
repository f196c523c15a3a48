"""The lines of a PDF page as PDFium reads them: their text, place, size and weight."""

import ctypes
import math
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import pairwise
from statistics import median

import pypdfium2
from pypdfium2 import raw

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
LONGEST_NAME = 128  # bytes of a font's name


def lines_of(page: pypdfium2.PdfPage) -> list[Line]:
    """The lines of `page` that hold text, in the order in which they were written."""
    with closing(page), closing(page.get_textpage()) as text_page:
        return _sized([*_Page(text_page).lines()])


class _Page:
    """What PDFium tells of the characters of a page."""

    def __init__(self, text_page: pypdfium2.PdfTextPage) -> None:
        self._page, self._letters = text_page.raw, UnnamedLetters(text_page.raw)
        self._x, self._y, self._matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
        self._box = raw.FS_RECTF()
        self._name, self._flags = ctypes.create_string_buffer(LONGEST_NAME), ctypes.c_int()
        self._plain = False
        self._text = self._characters(text_page)

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
            one, other = (self._place(start + at) for at in (twice.start(), twice.end(1)))
            return twice.group(1) if math.dist(one, other) < SMALLEST else twice.group()

        return " ".join(TWICE.sub(letters, line).split()).replace(LINE_HYPHEN, "-")

    def _goes_on(self, previous: Line, end: int, line: Line) -> bool:
        """Whether PDFium has parted a word: `line` begins where `previous` has its last letter."""
        if abs(previous.y - line.y) > TOUCHING * line.size:
            return False
        raw.FPDFText_GetLooseCharBox(self._page, end, self._box)
        return bool(abs(line.x - self._box.right) < TOUCHING * line.size)

    def _place(self, number: int) -> tuple[float, float]:
        raw.FPDFText_GetCharOrigin(self._page, number, self._x, self._y)
        return self._x.value, self._y.value

    def _characters(self, text_page: pypdfium2.PdfTextPage) -> str:
        """The text, of which each character has its number on the page."""
        count, text = text_page.count_chars(), str(text_page.get_text_range())
        if len(text) == count:
            self._plain = _is_plain(text)
            if self._plain or not CODES.search(text):
                return text
        return "".join(map(self._character, range(count)))

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
        size, across, up = self._scale(middle)
        x, y = self._place(first)
        bold = self._is_bold(middle) and self._is_bold(first) and self._is_bold(last)
        return Line(text, x * across + y * up, y * across - x * up, size, bold)

    def _scale(self, number: int) -> tuple[float, float, float]:
        """The size of a character in points and the direction in which its line runs."""
        matrix = self._matrix
        raw.FPDFText_GetMatrix(self._page, number, matrix)
        size = raw.FPDFText_GetFontSize(self._page, number) * math.hypot(matrix.c, matrix.d)
        across, up = matrix.a, matrix.b
        length = math.hypot(across, up)
        return (size, across / length, up / length) if length else (size, 1.0, 0.0)

    def _is_bold(self, number: int) -> bool:
        raw.FPDFText_GetFontInfo(self._page, number, self._name, LONGEST_NAME, self._flags)
        return b"bold" in self._name.value.lower()


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
