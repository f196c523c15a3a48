"""Bakes the four weights of Inter, upright and italic, out of its variable fonts (OFL).

`python packaging/bake_fonts.py FOLDER` reads `InterVariable.woff2` and
`InterVariable-Italic.woff2` from FOLDER, as Inter's releases hold them, and writes static fonts
into `resources/fonts`: Qt gives a variable font's weights wrong in style sheets.
"""

import sys
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

WEIGHTS = {"Regular": 400, "Medium": 500, "SemiBold": 600, "Bold": 700}
TEXT_SIZE = 14  # the optical size, in points: the interface's own
FONTS = Path(__file__).resolve().parents[1] / "resources" / "fonts"


def name_it(font: TTFont, weight: str, slope: str) -> None:
    """One family for programs that know weights, a family a weight for those that do not."""
    own_family = weight in {"Regular", "Bold"}
    style = " ".join(part for part in (weight if own_family else "", slope) if part)
    names = {
        1: "Inter" if own_family else f"Inter {weight}",
        2: style.replace("Regular Italic", "Italic") or "Regular",
        4: f"Inter {weight} {slope}".strip(),
        6: f"Inter-{weight}{slope}",
        16: "Inter",
        17: f"{weight} {slope}".strip(),
    }
    table = font["name"]
    for number in (*names, 21, 22, 25):
        table.removeNames(nameID=number)
    for number, value in names.items():
        table.setName(value, number, 3, 1, 0x409)


def bake(source: Path, slope: str) -> None:
    """Write the four static weights of one variable font."""
    for name, weight in WEIGHTS.items():
        font = TTFont(source)
        static = instantiateVariableFont(font, {"wght": weight, "opsz": TEXT_SIZE})
        name_it(static, name, slope)
        static.flavor = None
        static.save(FONTS / f"Inter-{name}{slope}.ttf")


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    bake(folder / "InterVariable.woff2", "")
    bake(folder / "InterVariable-Italic.woff2", "Italic")
