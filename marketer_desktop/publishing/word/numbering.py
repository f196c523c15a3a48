"""Numbering definitions: one of bullets, one of numbers, and for each list its own count."""

from docx.oxml.ns import qn

from marketer_desktop.publishing.word.xml import Element, element

STEP, HANGING = 500, 340  # twips: how far each level is moved in, and its mark back out
DEEPEST = 8
_BULLETS = "•◦–"  # none that some fonts draw as an emoji
_NUMBERS = ("decimal", "lowerLetter", "lowerRoman")


class Numbering:
    """Adds to the numbering part `root`, in which all definitions come before all lists."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._bullets = self._define(is_ordered=False)
        self._numbers = self._define(is_ordered=True)
        self._last = max((int(num.get(qn("w:numId"))) for num in self._nums()), default=0)

    def begin(self, level: int, start: int, *, is_ordered: bool) -> int:
        """The number of a new list whose items are on `level` and count from `start`."""
        self._last += 1
        definition = self._numbers if is_ordered else self._bullets
        made = element("num", element("abstractNumId", val=definition), numId=self._last)
        if is_ordered:
            override = element("startOverride", val=start)
            made.append(element("lvlOverride", override, ilvl=level))
        self._root.append(made)
        return self._last

    def _define(self, *, is_ordered: bool) -> int:
        known = self._root.findall(qn("w:abstractNum"))
        number = max((int(each.get(qn("w:abstractNumId"))) for each in known), default=-1) + 1
        made = element("abstractNum", abstractNumId=number)
        made.append(element("multiLevelType", val="hybridMultilevel"))
        made.extend(_level(level, is_ordered=is_ordered) for level in range(DEEPEST + 1))
        nums = self._nums()
        nums[0].addprevious(made) if nums else self._root.append(made)
        return number

    def _nums(self) -> list[Element]:
        return list(self._root.findall(qn("w:num")))


def _level(level: int, *, is_ordered: bool) -> Element:
    kind = _NUMBERS[level % 3] if is_ordered else "bullet"
    text = f"%{level + 1}." if is_ordered else _BULLETS[level % 3]
    indent = element("ind", left=STEP * (level + 1), hanging=HANGING)
    return element(
        "lvl",
        element("start", val=1),
        element("numFmt", val=kind),
        element("lvlText", val=text),
        element("lvlJc", val="left"),
        element("pPr", indent),
        ilvl=level,
    )
