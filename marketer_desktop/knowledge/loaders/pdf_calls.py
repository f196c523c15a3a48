"""How the characters of a PDF page are drawn, asked of PDFium with little effort for each.

Usually ctypes looks at each argument and lets go of Python's lock, which takes three times as long
as these functions. Here it does neither, so the arguments have to be of the types they expect.
"""

import ctypes
import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from pypdfium2 import raw

from marketer_desktop.knowledge.loaders.pdf_layout import Line

LONGEST_NAME = 128  # bytes of a font's name


def _quick(function: Any, result: type[ctypes.c_double] | None = None) -> Callable[..., Any]:
    address = ctypes.cast(function, ctypes.c_void_p).value
    assert address
    return ctypes.PYFUNCTYPE(result)(address)


_read_matrix = _quick(raw.FPDFText_GetMatrix)
_read_origin = _quick(raw.FPDFText_GetCharOrigin)
_read_font = _quick(raw.FPDFText_GetFontInfo)
_font_size = _quick(raw.FPDFText_GetFontSize, ctypes.c_double)


class Characters:
    """The characters of a text page, each of which has a number."""

    def __init__(self, page: Any) -> None:
        self._page = ctypes.byref(page.contents)
        self._matrix, self._origin = (ctypes.c_float * 6)(), (ctypes.c_double * 2)()
        self._name, self._flags = ctypes.create_string_buffer(LONGEST_NAME), ctypes.c_int()
        self._to_matrix, self._to_flags = ctypes.byref(self._matrix), ctypes.byref(self._flags)
        self._to_x, self._to_y = ctypes.byref(self._origin), ctypes.byref(self._origin, 8)
        self._length = ctypes.c_ulong(LONGEST_NAME)

    def line(self, text: str, first: int, middle: int, last: int) -> Line:
        """A line that reads `text`, told by three of its characters."""
        _read_matrix(self._page, middle, self._to_matrix)
        across, up, aslant, high = self._matrix[:4]
        size = _font_size(self._page, middle) * math.hypot(aslant, high)
        x, y = self.place(first)
        if up or not across > 0:  # its line does not run to the right
            across, up = _direction(across, up)
            x, y = x * across + y * up, y * across - x * up
        bold = self._is_bold(middle) and self._is_bold(first) and self._is_bold(last)
        return Line(text, x, y, size, bold)

    def place(self, number: int) -> tuple[float, float]:
        """Where a character begins on its line."""
        _read_origin(self._page, number, self._to_x, self._to_y)
        x, y = self._origin[:]
        return x, y

    def _is_bold(self, number: int) -> bool:
        _read_font(self._page, number, self._name, self._length, self._to_flags)
        return _names_bold(self._name.value)


def _direction(across: float, up: float) -> tuple[float, float]:
    length = math.hypot(across, up)
    return (across / length, up / length) if length else (1.0, 0.0)


@lru_cache(64)
def _names_bold(font: bytes) -> bool:
    return b"bold" in font.lower()
