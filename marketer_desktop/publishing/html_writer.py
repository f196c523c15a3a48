"""A document as HTML: every text is escaped, and nothing in it runs or loads."""

from collections.abc import Iterable
from html import escape
from itertools import groupby
from urllib.parse import quote

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

_TAGS = (
    ("bold", "strong"),
    ("italic", "em"),
    ("strike", "s"),
    ("underline", "u"),
    ("code", "code"),
)
_CELL = "border:1px solid #d1d5db;padding:4px 8px"
_TABLE = "border-collapse:collapse"


def body_html(document: Document) -> str:
    """What stands in the body of a page, its footnotes at the end."""
    return _Writer(is_part=False).document(document)


def fragment_html(document: Document) -> str:
    """The same for pasting elsewhere: no names inside, no images, and tables bring their lines."""
    return _Writer(is_part=True).document(document)


class _Writer:
    def __init__(self, *, is_part: bool) -> None:
        self._is_part = is_part
        self._asked: set[int] = set()

    def document(self, document: Document) -> str:
        parts = [self._block(block) for block in document.blocks]
        return "\n".join([*parts, *self._notes(document.notes)])

    def _blocks(self, blocks: Blocks) -> str:
        return "\n".join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph(spans):
                return f"<p{_way(spans)}>{self._spans(spans)}</p>"
            case Heading(level, spans, anchor):
                name = self._name(anchor)
                return f"<h{level}{name}{_way(spans)}>{self._spans(spans)}</h{level}>"
            case Code(text, language):
                kind = f' class="language-{escape(language)}"' if language else ""
                return f"<pre><code{kind}>{escape(text)}\n</code></pre>"
            case Rule():
                return "<hr>"
            case Quote(blocks):
                return f"<blockquote>\n{self._blocks(blocks)}\n</blockquote>"
            case Listing():
                return self._list(block)
            case Table():
                return self._table(block)

    def _list(self, listing: Listing) -> str:
        tag = "ol" if listing.is_ordered else "ul"
        start = f' start="{listing.start}"' if listing.is_ordered and listing.start != 1 else ""
        items = "\n".join(self._item(item, is_tight=listing.is_tight) for item in listing.items)
        return f"<{tag}{start}>\n{items}\n</{tag}>"

    def _item(self, item: Item, *, is_tight: bool) -> str:
        first, *rest = item.blocks or (Paragraph(()),)
        name = self._name(f"source-{item.source}" if item.source else "")
        box = BOXES.get(item.task, "")
        if not isinstance(first, Paragraph):
            return f"<li{name}>{box}\n{self._blocks(item.blocks)}\n</li>"
        line = box + self._spans(first.spans)
        begins = line if is_tight else f"<p>{line}</p>"
        more = f"\n{self._blocks(tuple(rest))}\n" if rest else ""
        return f"<li{name}{_way(first.spans)}>{begins}{more}</li>"

    def _table(self, table: Table) -> str:
        head, *rows = table.rows or ((),)
        line = f' style="{_TABLE}"' if self._is_part else ""
        lines = [self._row(row, table.aligns, "td") for row in rows]
        body = "\n<tbody>\n" + "\n".join(lines) + "\n</tbody>" if lines else ""
        shown = self._row(head, table.aligns, "th")
        return f"<table{line}>\n<thead>\n{shown}\n</thead>{body}\n</table>"

    def _row(self, row: tuple[Spans, ...], aligns: tuple[str, ...], tag: str) -> str:
        cells = "".join(
            f"<{tag}{self._cell_style(aligns[n] if n < len(aligns) else '')}{_way(cell)}>"
            f"{self._spans(cell)}</{tag}>"
            for n, cell in enumerate(row)
        )
        return f"<tr>{cells}</tr>"

    def _cell_style(self, align: str) -> str:
        styles = [f"text-align:{align}"] if align else []
        styles += [_CELL] if self._is_part else []
        return f' style="{";".join(styles)}"' if styles else ""

    def _notes(self, notes: Iterable[Blocks]) -> Iterable[str]:
        items = [self._note(number, blocks) for number, blocks in enumerate(notes, start=1)]
        if items:
            yield '<hr>\n<ol class="footnotes">\n' + "\n".join(items) + "\n</ol>"

    def _note(self, number: int, blocks: Blocks) -> str:
        asked = not self._is_part and number in self._asked
        back = f' <a href="#note-mark-{number}">↩</a>' if asked else ""
        name, written = self._name(f"note-{number}"), self._blocks(blocks)
        if written.endswith("</p>"):
            return f"<li{name}>{written[:-4]}{back}</p></li>"
        return f"<li{name}>{written}{back}</li>"

    def _spans(self, spans: Spans) -> str:
        shown = (
            self._linked(link, "".join(self._span(span) for span in part))
            for link, part in groupby(spans, key=lambda span: span.link)
        )
        return "".join(shown)

    def _linked(self, link: str, shown: str) -> str:
        is_inner = self._is_part and link.startswith("#")
        return f'<a href="{escape(link)}">{shown}</a>' if link and not is_inner else shown

    def _span(self, span: Span) -> str:
        if span.text == BREAK:
            return "<br>\n"
        if span.note:
            return self._note_mark(span.note)
        shown = self._picture(span) if span.picture else escape(span.text, quote=False)
        if span.cited and not self._is_part:
            shown = f'<a href="#source-{span.cited}">{shown}</a>'
        for look, tag in reversed(_TAGS):
            if getattr(span, look):
                shown = f"<{tag}>{shown}</{tag}>"
        return shown

    def _note_mark(self, number: int) -> str:
        if self._is_part:
            return f"<sup>{number}</sup>"
        name = "" if number in self._asked else self._name(f"note-mark-{number}")
        self._asked.add(number)
        return f'<sup{name}><a href="#note-{number}">{number}</a></sup>'

    def _picture(self, span: Span) -> str:
        if self._is_part:
            return escape(span.text, quote=False)
        return f'<img alt="{escape(span.text)}" src="{quote(span.picture)}">'

    def _name(self, name: str) -> str:
        return f' id="{escape(name)}"' if name and not self._is_part else ""


def _way(spans: Spans) -> str:
    return ' dir="rtl"' if runs_leftward(words_of(spans)) else ""
