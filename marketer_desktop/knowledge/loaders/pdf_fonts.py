"""Letters of fonts in a PDF that do not say which letters their signs are."""

import ctypes
import struct
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

from pypdfium2 import raw

# TeX's fonts have these where others have control characters.
LIGATURES = {0x0B: "ﬀ", 0x0C: "ﬁ", 0x0D: "ﬂ", 0x0E: "ﬃ", 0x0F: "ﬄ"}
UNKNOWN = "\ufffd"
LONGEST_FONT = 30_000_000  # bytes
TRUE_TYPE = (b"\0\1\0\0", b"true", b"OTTO")
# Pairs of a code and a glyph that are looked at: more than any font has.
MOST_PAIRS = 500_000
SYMBOLS = 0xF000  # symbol fonts keep their letters in a private range, from here on


class UnnamedLetters:
    """The letters of a text page whose fonts give only numbers for them."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._fonts: dict[int | None, dict[int, str]] = {}

    def letter(self, number: int, code: int) -> str:
        """What the character `number` means, for which PDFium knows but its `code`.

        In an embedded font for all of Unicode that is the number of a glyph, and the font itself
        knows for which letter it is meant.
        """
        font = raw.FPDFTextObj_GetFont(raw.FPDFText_GetTextObject(self._page, number))
        key = ctypes.cast(font, ctypes.c_void_p).value
        if key not in self._fonts:
            self._fonts[key] = _letters_of(_embedded(font)) if key else {}
        letters = self._fonts[key]
        return letters.get(code, UNKNOWN) if letters else LIGATURES.get(code, chr(code))


def _embedded(font: Any) -> bytes:
    """The font's own file; nothing where it is not in the document or too large."""
    size = ctypes.c_size_t()
    if raw.FPDFFont_GetIsEmbedded(font) != 1:
        return b""
    if not raw.FPDFFont_GetFontData(font, None, 0, size) or size.value > LONGEST_FONT:
        return b""
    buffer = (ctypes.c_uint8 * size.value)()
    return bytes(buffer) if raw.FPDFFont_GetFontData(font, buffer, size, size) else b""


def _letters_of(data: bytes) -> dict[int, str]:
    """The letter of each glyph of a TrueType font, by its table `cmap`; none if it has no such."""
    if data[:4] not in TRUE_TYPE:
        return {}
    try:
        tables = [_table(data, number) for number in range(struct.unpack_from(">H", data, 4)[0])]
        cmap = next((table for name, table in tables if name == b"cmap"), b"")
        pairs = sorted(set(islice(_pairs(cmap), MOST_PAIRS)), reverse=True)
    except struct.error:
        return {}
    # Of several letters with one glyph the first in Unicode is the usual one.
    return {glyph: _plain(code) for code, glyph in pairs if glyph}


def _table(data: bytes, number: int) -> tuple[bytes, bytes]:
    name, _, start, length = struct.unpack_from(">4sIII", data, 12 + 16 * number)
    return name, data[start : start + length]


def _pairs(cmap: bytes) -> Iterator[tuple[int, int]]:
    """Codes of characters and the glyphs they are drawn with."""
    if not cmap:
        return
    for number in range(struct.unpack_from(">H", cmap, 2)[0]):
        platform, _, start = struct.unpack_from(">HHI", cmap, 4 + 8 * number)
        if platform in {0, 3}:  # those in Unicode
            part = cmap[start:]
            match struct.unpack_from(">H", part)[0]:
                case 4:
                    yield from _of_segments(part)
                case 12:
                    yield from _of_groups(part)


def _of_segments(part: bytes) -> Iterator[tuple[int, int]]:
    count = struct.unpack_from(">H", part, 6)[0] // 2
    numbers = struct.unpack_from(f">{len(part) // 2}H", part)
    ends, starts = numbers[7 : 7 + count], numbers[8 + count : 8 + 2 * count]
    shifts, places = numbers[8 + 2 * count : 8 + 3 * count], 8 + 3 * count
    for segment, (start, end) in enumerate(zip(starts, ends, strict=False)):
        place = numbers[places + segment] if places + segment < len(numbers) else 0
        for code in range(start, min(end, 0xFFFE) + 1):
            at = places + segment + place // 2 + code - start
            glyph = code if not place else numbers[at] if at < len(numbers) else 0
            yield code, (glyph + shifts[segment]) & 0xFFFF if glyph else 0


def _of_groups(part: bytes) -> Iterator[tuple[int, int]]:
    for number in range(struct.unpack_from(">I", part, 12)[0]):
        start, end, glyph = struct.unpack_from(">III", part, 16 + 12 * number)
        for code in range(start, min(end, sys.maxunicode) + 1):
            yield code, glyph + code - start


def _plain(code: int) -> str:
    return chr(code - SYMBOLS if SYMBOLS < code <= SYMBOLS + 0xFF else code)
