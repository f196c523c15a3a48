"""Blocks as paragraphs and tables."""

from collections.abc import Iterator

from docx.opc.part import Part

from marketer_desktop.publishing.document.direction import runs_leftward
from marketer_desktop.publishing.document.model import (
    BOXES,
    Block,
    Blocks,
    Code,
    Heading,
    Item,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
    words_of,
)
from marketer_desktop.publishing.word.inline import Marks, line
from marketer_desktop.publishing.word.numbering import DEEPEST, HANGING, STEP, Numbering
from marketer_desktop.publishing.word.styles import CODE
from marketer_desktop.publishing.word.tables import table_element
from marketer_desktop.publishing.word.xml import Element, element, text_elements

_LIST_STYLES = {True: "ListNumber", False: "ListBullet"}
_QUOTED = "Quote"


class BlockWriter:
    """Writes for `part`, the text itself or its footnotes; `style` is that of paragraphs."""

    def __init__(self, part: Part, marks: Marks, numbering: Numbering, style: str = "") -> None:
        self._part, self._marks, self._numbering = part, marks, numbering
        self._style = style
        self._names = 0

    def blocks(
        self, blocks: Blocks, *, indent: int = 0, depth: int = 0, style: str = ""
    ) -> Iterator[Element]:
        """The blocks, moved in by `indent` twips, inside `depth` lists."""
        for block in blocks:
            yield from self._block(block, indent, depth, style or self._style)

    def _block(self, block: Block, indent: int, depth: int, style: str) -> Iterator[Element]:
        match block:
            case Paragraph(spans):
                yield self._paragraph(spans, style, indent=indent)
            case Heading():
                yield self._heading(block, indent)
            case Code(text):
                run = element("r", *text_elements(text))
                yield element("p", _properties(CODE, indent=indent), run)
            case Rule():
                yield element("p", _properties("", indent=indent, is_rule=True))
            case Quote(blocks):
                inner = indent + STEP
                yield from self.blocks(blocks, indent=inner, depth=depth, style=_QUOTED)
            case Listing():
                yield from self._list(block, indent, depth, style)
            case Table():
                yield table_element(block, self._line, indent)
                yield element("p")  # keeps two tables apart, and a cell's end valid

    def _line(self, spans: Spans) -> list[Element]:
        return line(spans, self._part, self._marks)

    def _paragraph(self, spans: Spans, style: str, *, indent: int = 0) -> Element:
        leftward = runs_leftward(words_of(spans))
        made = _properties(style, indent=indent, leftward=leftward)
        return element("p", made, *self._line(spans))

    def _heading(self, heading: Heading, indent: int) -> Element:
        leftward = runs_leftward(words_of(heading.spans))
        made = _properties(f"Heading{heading.level}", indent=indent, leftward=leftward)
        self._names += 1
        name = self._marks.bookmark(heading.anchor)
        start = element("bookmarkStart", id=self._names, name=name)
        end = element("bookmarkEnd", id=self._names)
        return element("p", made, start, *self._line(heading.spans), end)

    def _list(self, listing: Listing, indent: int, depth: int, style: str) -> Iterator[Element]:
        level = min(depth, DEEPEST)
        number = self._numbering.begin(level, listing.start, is_ordered=listing.is_ordered)
        for item in listing.items:
            yield from self._item(item, listing, (number, level), indent + STEP, style)

    def _item(
        self, item: Item, listing: Listing, number: tuple[int, int], indent: int, style: str
    ) -> Iterator[Element]:
        first = item.blocks[0] if item.blocks else None
        begins = first.spans if isinstance(first, Paragraph) else ()
        rest = item.blocks[1:] if isinstance(first, Paragraph) else item.blocks
        box = BOXES.get(item.task, "")
        spans = (Span(box), *begins) if box else begins
        properties = _properties(
            _LIST_STYLES[listing.is_ordered],
            indent=indent,
            leftward=runs_leftward(words_of(begins)),
            number=number,
            is_tight=listing.is_tight,
        )
        yield element("p", properties, *self._line(spans))
        yield from self.blocks(rest, indent=indent, depth=number[1] + 1, style=style)


def _properties(
    style: str,
    *,
    indent: int = 0,
    leftward: bool = False,
    number: tuple[int, int] | None = None,
    is_tight: bool = False,
    is_rule: bool = False,
) -> Element:
    """The properties of a paragraph, in the order that the format asks for."""
    made = element("pPr")
    if style:
        made.append(element("pStyle", val=style))
    if number is not None:
        list_, level = number
        made.append(element("numPr", element("ilvl", val=level), element("numId", val=list_)))
    if is_rule:
        edge = element("bottom", val="single", sz=6, space=1, color="D1D5DB")
        made.append(element("pBdr", edge))
    if leftward:
        made.append(element("bidi"))
    if number is not None:
        made.append(element("ind", left=indent, hanging=HANGING))
    elif indent:
        made.append(element("ind", left=indent))
    if is_tight:
        made.append(element("contextualSpacing"))
    return made
