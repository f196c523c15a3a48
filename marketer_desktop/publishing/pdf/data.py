"""A document as the JSON that the template reads."""

from collections.abc import Callable
from typing import Any

from marketer_desktop.publishing.document.direction import runs_leftward
from marketer_desktop.publishing.document.model import (
    BOXES,
    BREAK,
    Block,
    Blocks,
    Code,
    Document,
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

LOOKS = ("bold", "italic", "strike", "underline", "code")
Data = dict[str, Any]


class Writer:
    """`picture` gives the file of an image by its path, or nothing: then its words are shown."""

    def __init__(self, document: Document, picture: Callable[[str], str]) -> None:
        self._document, self._picture = document, picture
        self._asked: set[int] = set()

    def blocks(self) -> list[Data]:
        """The text."""
        return self._blocks(self._document.blocks)

    def notes(self) -> list[list[Data]]:
        """The footnotes, in their order."""
        return [self._blocks(blocks) for blocks in self._document.notes]

    def _blocks(self, blocks: Blocks) -> list[Data]:
        return [self._block(block) for block in blocks]

    def _block(self, block: Block) -> Data:
        match block:
            case Paragraph(spans):
                return {"is": "paragraph", **self._line(spans)}
            case Heading(level, spans, anchor):
                return {"is": "heading", "level": level, "name": anchor, **self._line(spans)}
            case Code(text):
                return {"is": "code", "text": text}
            case Rule():
                return {"is": "rule"}
            case Quote(blocks):
                inner = self._blocks(blocks)
                return {"is": "quote", "blocks": inner, "leftward": _runs_leftward(inner)}
            case Listing():
                return self._list(block)
            case Table():
                return self._table(block)

    def _list(self, listing: Listing) -> Data:
        items = [self._item(item) for item in listing.items]
        return {
            "is": "list",
            "ordered": listing.is_ordered,
            "start": listing.start,
            "tight": listing.is_tight,
            "items": items,
            "leftward": bool(items) and _runs_leftward(items[0]["blocks"]),
        }

    def _item(self, item: Item) -> Data:
        blocks = self._blocks(item.blocks)
        box = BOXES.get(item.task, "")
        if box:
            first: Data = {"is": "paragraph", "spans": [], "leftward": False}
            if blocks and blocks[0]["is"] == "paragraph":
                first = blocks.pop(0)
            blocks.insert(0, {**first, "spans": [{"text": box, "box": True}, *first["spans"]]})
        return {"blocks": blocks, "source": item.source}

    def _table(self, table: Table) -> Data:
        columns = max((len(row) for row in table.rows), default=0)
        rows = [
            [self._line(row[n] if n < len(row) else ()) for n in range(columns)]
            for row in table.rows
        ]
        aligns = [*table.aligns, *([""] * columns)][:columns]
        leftward = any(cell["leftward"] for cell in rows[0]) if rows else False
        return {"is": "table", "rows": rows, "aligns": aligns, "leftward": leftward}

    def _line(self, spans: Spans) -> Data:
        told = [self._span(span) for span in spans]
        return {"spans": told, "leftward": runs_leftward(words_of(spans))}

    def _span(self, span: Span) -> Data:
        if span.text == BREAK:
            return {"break": True}
        if span.note:
            again = span.note in self._asked
            self._asked.add(span.note)
            return {"note": span.note, "again": again}
        told: Data = {"text": span.text, **{look: True for look in LOOKS if getattr(span, look)}}
        if span.picture and (file := self._picture(span.picture)):
            told["picture"] = file
        if span.link.startswith("#"):
            told["to"] = span.link[1:]
        elif span.link:
            told["link"] = span.link
        if span.cited:
            told["cited"] = span.cited
        return told


def _runs_leftward(blocks: list[Data]) -> bool:
    return bool(blocks) and bool(blocks[0].get("leftward"))
