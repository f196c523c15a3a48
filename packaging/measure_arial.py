"""Measures the letters of Arial in Liberation Sans, which has the same widths and is free (OFL).

`python packaging/measure_arial.py LiberationSans-Regular.ttf` writes
`marketer_desktop/domain/scoring/arial_widths.py`.
"""

import sys
from collections import defaultdict
from pathlib import Path

from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parents[1] / "marketer_desktop/domain/scoring/arial_widths.py"
# Latin, Greek, Cyrillic, punctuation, currencies and arrows: what titles are written with.
RANGES = ((0x20, 0x7F), (0xA0, 0x180), (0x370, 0x400), (0x400, 0x460), (0x1E00, 0x1F00),
          (0x2000, 0x2070), (0x20A0, 0x20C0), (0x2100, 0x2200))  # fmt: skip
HEAD = '''"""Widths of the letters of Arial, in {units} parts of the font size.

Measured in Liberation Sans, whose widths are Arial's, by `packaging/measure_arial.py`.
"""

UNITS = {units}
_LETTERS = {{
'''
TAIL = """}
WIDTHS = {letter: width for width, letters in _LETTERS.items() for letter in letters}
"""


def measured(font: TTFont) -> dict[int, str]:
    """The letters of each width."""
    names, widths = font.getBestCmap(), font["hmtx"]
    letters: dict[int, str] = defaultdict(str)
    for code in (code for first, last in RANGES for code in range(first, last) if code in names):
        letters[widths[names[code]][0]] += chr(code)
    return dict(sorted(letters.items()))


def lines(width: int, letters: str) -> list[str]:
    """One entry of the table, in lines that fit; letters that cannot be seen are escaped."""
    shown = [letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in letters]
    shown = [letter.replace("\\", "\\\\") if letter == "\\" else letter for letter in shown]
    shown = ['\\"' if letter == '"' else letter for letter in shown]
    parts = ["".join(shown[at : at + 60]) for at in range(0, len(shown), 60)]
    if len(parts) == 1:
        return [f'    {width}: "{parts[0]}",']
    return [f"    {width}: (", *(f'        "{part}"' for part in parts), "    ),"]


if __name__ == "__main__":
    font = TTFont(Path(sys.argv[1]))
    table = [line for entry in measured(font).items() for line in lines(*entry)]
    head = HEAD.format(units=font["head"].unitsPerEm)
    TARGET.write_text(head + "\n".join(table) + "\n" + TAIL, "utf-8")
