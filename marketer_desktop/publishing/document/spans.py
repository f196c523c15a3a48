"""Runs as the editor has them, turned into what readers see."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from marketer_desktop.publishing.document.anchors import Anchors
from marketer_desktop.publishing.document.model import BREAK, Span, Spans
from marketer_desktop.publishing.document.safety import own_picture, safe_link
from marketer_desktop.publishing.markdown_blocks import runs
from marketer_desktop.publishing.markdown_blocks.escaping import shown_alt
from marketer_desktop.publishing.markdown_blocks.runs import Run, Runs

_MARK = re.compile(r"\[(?:\^(?P<note>[^\]\s]+)|(?P<cited>\d{1,9}))\]")
_LINE_END = re.compile(r"<br\s*/?>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


class SpanReader:
    """Reads runs; `notes` are the footnotes' numbers by label, `sources` those of the sources."""

    def __init__(
        self, anchors: Anchors, notes: Mapping[str, int], sources: Collection[int]
    ) -> None:
        self._anchors, self._notes, self._sources = anchors, notes, sources

    def read(self, line: Runs) -> Spans:
        """The spans of a line, equal neighbours joined."""
        return joined(span for run in line for span in self._spans(run))

    def _spans(self, run: Run) -> Iterator[Span]:
        text, marks = run.text, run.marks
        if text == runs.BREAK or (marks.html and _LINE_END.fullmatch(text)):
            yield Span(BREAK)
        elif marks.html and _COMMENT.fullmatch(text):
            return
        elif marks.image:
            yield self._image(run)
        elif marks.code or marks.html or marks.raw:
            yield self._plain(run, text)
        else:
            yield from self._marked(run)

    def _marked(self, run: Run) -> Iterator[Span]:
        """Text with the marks of footnotes and sources taken out of it."""
        place = 0
        for found in _MARK.finditer(run.text):
            note = self._notes.get(found["note"] or "", 0)
            cited = int(found["cited"]) if found["cited"] else 0
            if not note and cited not in self._sources:
                continue
            yield self._plain(run, run.text[place : found.start()])
            plain = self._plain(run, "" if note else found[0])
            yield replace(plain, note=note, cited=0 if note else cited)
            place = found.end()
        yield self._plain(run, run.text[place:])

    def _image(self, run: Run) -> Span:
        """An image of the text's own; one from elsewhere is a link to it: no file loads it."""
        assert run.marks.image
        address, written, _, _ = run.marks.image
        shown, picture = shown_alt(written), own_picture(address)
        if picture:
            return replace(self._plain(run, shown), picture=picture)
        span = self._plain(run, shown or address)
        return span if span.link else replace(span, link=self._link(address))

    def _plain(self, run: Run, text: str) -> Span:
        marks = run.marks
        return Span(
            text=text.replace("\n", " "),
            bold=bool(marks.bold),
            italic=bool(marks.italic),
            strike=bool(marks.strike),
            underline=bool(marks.underline),
            code=marks.code,
            link=self._link(marks.link[0]) if marks.link else "",
        )

    def _link(self, address: str) -> str:
        link = safe_link(address)
        return "" if self._anchors.leads_nowhere(link) else link


def joined(spans: Iterable[Span]) -> Spans:
    """The spans without empty ones, and with neighbours of one look in one."""
    kept: list[Span] = []
    for span in spans:
        is_thing = bool(span.picture or span.note or span.cited or span.text == BREAK)
        if not span.text and not is_thing:
            continue
        if kept and not is_thing and replace(kept[-1], text=span.text) == span:
            kept[-1] = replace(span, text=kept[-1].text + span.text)
        else:
            kept.append(span)
    return tuple(kept)
