"""How wide a title is in a list of search results: Arial at 20 pixels."""

import unicodedata

from marketer_desktop.domain.scoring.arial_widths import UNITS, WIDTHS

SIZE = 20
# What the font lacks comes from another one: as wide as high in Chinese, Japanese and Korean and
# for pictures, as wide as most small letters elsewhere, and no width for accents of their own.
_FULL, _USUAL = UNITS, WIDTHS["n"]


def pixel_width(title: str) -> float:
    """The width of `title` in pixels, as search results show it."""
    return sum(map(_width, " ".join(title.split()))) * SIZE / UNITS


def _width(letter: str) -> int:
    known = WIDTHS.get(letter)
    if known is not None:
        return known
    if unicodedata.combining(letter) or unicodedata.category(letter) in {"Mn", "Me", "Cf", "Cc"}:
        return 0
    return _FULL if unicodedata.east_asian_width(letter) in "WF" else _USUAL
