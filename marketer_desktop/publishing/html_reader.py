"""Takes HTML apart into the runs of text that people see, with their places in the source."""

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from marketer_desktop.domain.scoring.paper import Block, Image, Kind, Link
from marketer_desktop.publishing.html_lines import Lines

HEADINGS = {f"h{level}": level for level in range(1, 7)}
KINDS: dict[str, Kind] = {
    **dict.fromkeys(HEADINGS, "heading"),
    "li": "item",
    **dict.fromkeys(("td", "th", "caption"), "cell"),
    "figcaption": "caption",
    "blockquote": "quote",
    "pre": "code",
}
BREAKS = frozenset(KINDS) | {
    "p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "ul", "ol", "dl",
    "figure", "table", "thead", "tbody", "tfoot", "tr", "hr", "address", "details", "summary", "dt",
    "dd", "fieldset", "legend", "center", "body", "html", "head", "option", "form", "dialog",
}  # fmt: skip
# Neither prose nor the author's own words; what stands in them is not scored.
UNSEEN = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "textarea", "form", "iframe",
    "object", "canvas", "output", "title", "code", "kbd", "samp", "var", "q", "cite",
})  # fmt: skip
LISTING = frozenset({"ul", "ol", "li", "table"})
# Directly in these, a blank between two tags parts sentences, as in the open analysis.
CONTAINERS = BREAKS - {"p", *HEADINGS, "pre", "blockquote"}
# The open analysis takes the names of all other characters for words of the text.
PLAIN_NAMES = frozenset({"amp", "lt", "gt", "nbsp"})
VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr", "area", "col"})
ORIGIN = "data-source"
_BLANKS = re.compile(r"\s+")


@dataclass
class OpenLink:
    """A link whose end has not come yet."""

    address: str
    followed: bool
    start: int
    block: int
    words: list[str] = field(default_factory=list)


@dataclass
class Draft:
    """A block that still grows."""

    kind: Kind = "paragraph"
    level: int = 0
    origin: str = ""
    listed: bool = False
    parts: list[str] = field(default_factory=list)
    runs: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0
    end: int = 0

    def add(self, text: str, at: int, source_length: int) -> None:
        """Let `text` follow, which stands at `at` in the source; blanks shrink to one space."""
        place = 0
        for blank in _BLANKS.finditer(text):
            self._append(text[place : blank.start()], at + place)
            if self.parts and not self.parts[-1].endswith((" ", "\n", "\v")):
                self._append("\n" if "\n" in blank[0] else " ", at + blank.start())
            place = blank.end()
        self._append(text[place:], at + place)
        self.end = at + source_length

    def part(self) -> None:
        """Let no sentence go on over the blank that came last."""
        if self.parts and self.parts[-1] == " ":
            self.parts[-1] = "\v"

    def _append(self, text: str, at: int) -> None:
        if text:
            self.runs.append((self.length, at))
            self.parts.append(text)
            self.length += len(text)


class HtmlReader(HTMLParser):
    """After `read`: `blocks`, `links` and `images`; `origins` are the marks of their blocks.

    With `names_shown`, `lines` has the names of characters as the source writes them.
    """

    def __init__(self, *, names_shown: bool = False) -> None:
        super().__init__(convert_charrefs=False)
        self._names_shown = names_shown
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.images: list[Image] = []
        self.origins: list[str] = []
        self.link_blocks: list[int] = []
        self._open: list[tuple[str, str]] = []
        self._draft = Draft()
        self._link: OpenLink | None = None
        self._breaks = 0
        self._lines: list[int] = []
        self._after_tag = self._gap = False
        self.lines = Lines(BREAKS)

    def read(self, source: str) -> None:
        """Take `source` apart; never fails."""
        self._lines = [0, *(found.end() for found in re.finditer("\n", source))]
        # The parser gives up on marked sections, which no page of today has.
        self.feed(source.replace("<![", "<?["))
        self.close()
        self._flush()
        self.lines.end()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, a link, or what is not seen."""
        values = {name: value or "" for name, value in attrs}
        self.lines.tag(tag, hidden=self._hidden())
        if self._gap:
            self._draft.part()
        self._after_tag, self._gap = True, False
        if tag == "br":
            self._break()
            return
        if tag in BREAKS:
            self._flush()
        if tag == "img" and not self._hidden():
            at = self._at()
            end = at + len(self.get_starttag_text() or "")
            self.images.append(Image(values.get("alt", ""), values.get("src", ""), at, end))
        elif tag == "a":
            self._begin_link(values if values else {"href": "#"})
        if tag not in VOID:
            self._open.append((tag, values.get(ORIGIN, "")))
        if tag in HEADINGS and not self._hidden():
            self._begin_heading()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Treat `<p/>` as browsers do: as a beginning."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """End what `tag` began; an end without a beginning is passed over."""
        self._after_tag, self._gap = True, False
        self.lines.tag(tag, hidden=self._hidden())
        if tag in BREAKS:
            self._flush()
        if tag == "a":
            self._end_link()
        places = [n for n, (name, _) in enumerate(self._open) if name == tag]
        if places:
            del self._open[places[-1] :]

    def handle_data(self, data: str) -> None:
        """Text as it stands."""
        loose = not self._open or self._open[-1][0] in CONTAINERS
        self._gap = self._after_tag and loose and data.isspace() and "\n" not in data
        self._after_tag = False
        self._text(data, len(data))

    def handle_entityref(self, name: str) -> None:
        """A character by its name; an ampersand before other words stays one."""
        self._after_tag = self._gap = False
        shown = f"&{name};" if self._names_shown and name not in PLAIN_NAMES else ""
        self._text(html.unescape(f"&{name};"), len(name) + 2, shown)

    def handle_charref(self, name: str) -> None:
        """A character by its number."""
        self._after_tag = self._gap = False
        self._text(html.unescape(f"&#{name};"), len(name) + 3)

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _hidden(self, *, quotes: bool = True) -> bool:
        dropped = UNSEEN | {"blockquote", "pre"} if quotes else UNSEEN
        return any(tag in dropped for tag, _ in self._open)

    def _text(self, text: str, source_length: int, shown: str = "") -> None:
        code = any(tag in {"pre", "blockquote"} for tag, _ in self._open)
        self.lines.text(shown or text, [tag for tag, _ in self._open], hidden=self._hidden())
        if self._hidden(quotes=not code):
            return
        if text.strip():
            self._breaks = 0
        self._draft.kind, self._draft.level, self._draft.origin = self._context()
        self._draft.listed = any(tag in LISTING for tag, _ in self._open)
        self._draft.add(text, self._at(), source_length)
        if self._link is not None:
            self._link.words.append(text)

    def _context(self) -> tuple[Kind, int, str]:
        kind: Kind = "paragraph"
        level, origin = 0, ""
        for tag, mark in self._open:
            origin = mark or origin
            if tag in KINDS and kind not in {"quote", "code"}:
                kind, level = KINDS[tag], HEADINGS.get(tag, 0)
            elif tag == "p" and kind == "item":
                kind = "paragraph"
        return kind, level, origin

    def _break(self) -> None:
        """One break is a blank, two in a row end the paragraph."""
        self._breaks += 1
        if self._breaks > 1:
            self._flush()
        elif not self._hidden():
            self._draft.add("\n", self._at(), 1)

    def _begin_heading(self) -> None:
        """A heading counts even if all of it is code or an image."""
        self._draft.kind, self._draft.level, self._draft.origin = self._context()
        self._draft.runs.append((0, self._at()))
        self._draft.end = self._at()

    def _flush(self) -> None:
        draft, self._draft, self._breaks = self._draft, Draft(), 0
        text = "".join(draft.parts).rstrip()
        if text or (draft.kind == "heading" and draft.runs):
            start = draft.runs[0][1]
            runs = tuple(draft.runs)
            self.blocks.append(
                Block(draft.kind, text, start, draft.end, draft.level, runs, draft.listed)
            )
            self.origins.append(draft.origin)

    def _begin_link(self, values: dict[str, str]) -> None:
        self._end_link()
        if not self._hidden():
            followed = "nofollow" not in values.get("rel", "").lower().split()
            self._link = OpenLink(
                values.get("href", ""), followed, self._at(), block=len(self.blocks)
            )

    def _end_link(self) -> None:
        link, self._link = self._link, None
        if link is not None:
            text = " ".join("".join(link.words).split())
            end = self._at() + (len("</a>") if text else 0)
            self.links.append(Link(text, link.address, link.start, end, link.followed))
            self.link_blocks.append(link.block)
