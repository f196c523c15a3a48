"""Tables with a head that is repeated on every page."""

from collections.abc import Callable
from dataclasses import replace

from marketer_desktop.publishing.document.direction import runs_leftward
from marketer_desktop.publishing.document.model import Span, Spans, Table, words_of
from marketer_desktop.publishing.word.xml import Element, element

WIDTH = 9070  # twips between the margins
STYLE = "TableGrid"


def table_element(table: Table, line: Callable[[Spans], list[Element]], indent: int) -> Element:
    """The table, moved in by `indent` twips; `line` writes what is in a cell."""
    columns = max((len(row) for row in table.rows), default=0) or 1
    width = (WIDTH - indent) // columns
    grid = element("tblGrid", *(element("gridCol", w=width) for _ in range(columns)))
    rows = [
        _row(row, table.aligns, (columns, width), line, is_head=number == 0)
        for number, row in enumerate(table.rows)
    ]
    head = table.rows[0] if table.rows else ()
    leftward = any(runs_leftward(words_of(cell)) for cell in head)
    return element("tbl", _properties(indent, leftward=leftward), grid, *rows)


def _properties(indent: int, *, leftward: bool) -> Element:
    made = element("tblPr", element("tblStyle", val=STYLE))
    if leftward:
        made.append(element("bidiVisual"))
    made.append(element("tblW", w=0, type="auto"))
    if indent:
        made.append(element("tblInd", w=indent, type="dxa"))
    made.append(element("tblLook", val="0420", firstRow=1, noVBand=1))
    return made


def _row(
    row: tuple[Spans, ...],
    aligns: tuple[str, ...],
    size: tuple[int, int],
    line: Callable[[Spans], list[Element]],
    *,
    is_head: bool,
) -> Element:
    columns, width = size
    made = element("tr")
    if is_head:
        made.append(element("trPr", element("tblHeader")))
    for number in range(columns):
        spans = row[number] if number < len(row) else ()
        align = aligns[number] if number < len(aligns) else ""
        shown = tuple(_bold(span) for span in spans) if is_head else spans
        cell = element("tcPr", element("tcW", w=width, type="dxa"))
        paragraph = element("p", _cell_properties(spans, align), *line(shown))
        made.append(element("tc", cell, paragraph))
    return made


def _cell_properties(spans: Spans, align: str) -> Element:
    made = element("pPr")
    if runs_leftward(words_of(spans)):
        made.append(element("bidi"))
    made.append(element("spacing", before=40, after=40))
    if align:
        made.append(element("jc", val=align))
    return made


def _bold(span: Span) -> Span:
    return span if span.picture or span.note or span.cited else replace(span, bold=True)
