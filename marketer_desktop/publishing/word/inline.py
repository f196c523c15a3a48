"""Spans as the runs of a paragraph."""

from itertools import groupby
from typing import Protocol

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml.ns import qn

from marketer_desktop.publishing.document.direction import stretches
from marketer_desktop.publishing.document.model import BREAK, Span, Spans
from marketer_desktop.publishing.word.styles import CODE_WORDS, LINK
from marketer_desktop.publishing.word.xml import Element, element, text_elements


class Marks(Protocol):
    """Gives what stands for images, footnotes and the headings that links lead to."""

    def picture(self, span: Span) -> Element | None:
        """The drawing of an image, or None: then its words are shown."""

    def note(self, number: int) -> list[Element]:
        """The mark of a footnote."""

    def source(self, number: int) -> list[Element]:
        """The mark of the footnote that tells a source."""

    def bookmark(self, anchor: str) -> str:
        """The name of a heading's bookmark."""


def line(spans: Spans, part: Part, marks: Marks) -> list[Element]:
    """What a paragraph has in it; the addresses of links are kept by `part`."""
    made: list[Element] = []
    for link, group in groupby(spans, key=lambda span: span.link):
        runs = [run for span in group for run in _runs(span, marks)]
        made += [_linked(link, runs, part, marks)] if link else runs
    return made


def _linked(link: str, runs: list[Element], part: Part, marks: Marks) -> Element:
    if link.startswith("#"):
        return element("hyperlink", *runs, anchor=marks.bookmark(link[1:]))
    made = element("hyperlink", *runs)
    made.set(qn("r:id"), part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    return made


def _runs(span: Span, marks: Marks) -> list[Element]:
    if span.text == BREAK:
        return [element("r", element("br"))]
    if span.note:
        return marks.note(span.note)
    if span.cited:
        return marks.source(span.cited)
    drawing = marks.picture(span) if span.picture else None
    if drawing is not None:
        return [element("r", drawing)]
    return [
        element("r", *_look(span, leftward=leftward), *text_elements(text))
        for text, leftward in stretches(span.text)
        if text
    ]


def _look(span: Span, *, leftward: bool) -> list[Element]:
    """The properties of a run, in the order that the format asks for."""
    style = LINK if span.link else CODE_WORDS if span.code else ""
    inside = [element("rStyle", val=style)] if style else []
    for name, is_on in (("b", span.bold), ("i", span.italic)):
        inside += [element(name), element(f"{name}Cs")] if is_on else []
    inside += [element("strike")] if span.strike else []
    inside += [element("u", val="single")] if span.underline else []
    inside += [element("rtl")] if leftward else []
    return [element("rPr", *inside)] if inside else []
