"""Elements of WordprocessingML, made without the slower objects around them."""

from functools import cache

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

Element = BaseOxmlElement
_qualified = cache(qn)


def element(tag: str, *inside: Element, **attributes: object) -> Element:
    """`<w:tag>` with attributes of the same namespace."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(_qualified(f"w:{name}"), str(value))
    made.extend(inside)
    return made


def text_elements(text: str) -> list[Element]:
    """Characters as they stand inside a run; tabs and line ends are elements of their own."""
    made: list[Element] = []
    for number, line in enumerate(text.split("\n")):
        made += [element("br")] if number else []
        for place, part in enumerate(line.split("\t")):
            made += [element("tab")] if place else []
            made += [_text(part)] if part else []
    return made


def _text(text: str) -> Element:
    made = element("t")
    made.text = text
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made
