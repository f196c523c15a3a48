"""The part of a Word file with its footnotes, which python-docx does not make."""

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart

from marketer_desktop.publishing.word.styles import NOTE, NOTE_MARK
from marketer_desktop.publishing.word.xml import Element, element, text_elements

_PLACE = PackURI("/word/footnotes.xml")


class Footnotes:
    """Adds notes; `part` is where the links in them are kept. Nothing is added without notes."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        root = element("footnotes")
        root.append(_line(-1, "separator"))
        root.append(_line(0, "continuationSeparator"))
        self._root, self._count = root, 0
        package = document.part.package
        self.part = XmlPart(_PLACE, CONTENT_TYPE.WML_FOOTNOTES, root, package)

    def add(self, blocks: list[Element]) -> int:
        """A note of these paragraphs and tables; its number, from 1 on."""
        if not self._count:
            self._document.part.relate_to(self.part, RELATIONSHIP_TYPE.FOOTNOTES)
        self._count += 1
        self._root.append(element("footnote", *_marked(blocks), id=self._count))
        return self._count


def reference(number: int) -> Element:
    """The run in the text that leads to a note."""
    look = element("rPr", element("rStyle", val=NOTE_MARK))
    return element("r", look, element("footnoteReference", id=number))


def bookmarked(run: Element, number: int, identity: int) -> list[Element]:
    """The run with a name by which the same note can be asked for again."""
    start = element("bookmarkStart", id=identity, name=_name(number))
    return [start, run, element("bookmarkEnd", id=identity)]


def again(number: int) -> Element:
    """A field that shows the mark of a note that was given before."""
    look = element("rPr", element("rStyle", val=NOTE_MARK))
    run = element("r", look, *text_elements(str(number)))
    return element("fldSimple", run, instr=f" NOTEREF {_name(number)} \\h ")


def _name(number: int) -> str:
    return f"_RefNote{number}"


def _marked(blocks: list[Element]) -> list[Element]:
    """The note with its own mark before its first words."""
    look = element("rPr", element("rStyle", val=NOTE_MARK))
    mark = element("r", look, element("footnoteRef"))
    first = blocks[0] if blocks and blocks[0].tag.endswith("}p") else None
    if first is None:
        first = element("p", element("pPr", element("pStyle", val=NOTE)))
        blocks = [first, *blocks]
    first.insert(1, mark)
    first.insert(2, element("r", *text_elements(" ")))
    if not blocks[-1].tag.endswith("}p"):  # a note ends with a paragraph
        blocks = [*blocks, element("p")]
    return blocks


def _line(number: int, kind: str) -> Element:
    run = element("r", element(kind))
    return element("footnote", element("p", run), type=kind, id=number)
