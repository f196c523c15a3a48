"""The Word file, read by python-docx: real styles, numbering, links, footnotes, directions."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from marketer_desktop.publishing.word.file import file_of
from tests.factories.contents import ARTICLE
from tests.factories.manuscripts import (
    CUP,
    HOSTILE,
    HOSTILE_TITLE,
    MARKDOWN_FILES,
    make_manuscript,
)

FOOTNOTES = "word/footnotes.xml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "cup.png").write_bytes(CUP)
    return tmp_path


@pytest.fixture
def made(folder: Path) -> bytes:
    return file_of(make_manuscript(folder))


def opened(made: bytes) -> Any:
    return docx.Document(BytesIO(made))


def part(made: bytes, name: str) -> Any:
    with ZipFile(BytesIO(made)) as package:
        return parse_xml(package.read(name))


def words(element: Any) -> str:
    return "".join(each.text or "" for each in element.iter(qn("w:t")))


def paragraph(document: Any, start: str) -> Any:
    return next(each for each in document.paragraphs if each.text.startswith(start))


def test_headings_and_lists_have_real_styles(made: bytes) -> None:
    document = opened(made)
    styles = {each.text: each.style.name for each in document.paragraphs if each.text}
    assert styles["Grüße aus Köln 🎉"] == "Heading 1"
    assert styles["日本市場への参入"] == "Heading 2"
    assert styles["eins"] == "List Bullet" and styles["drei"] == "List Number"
    assert styles["Ein Zitat, und noch einmal."] == "Quote"
    assert paragraph(document, "def f").style.name == "Code"


def test_lists_are_numbered_by_word(made: bytes) -> None:
    document = opened(made)

    def numbers(text: str) -> tuple[int, int]:
        found = paragraph(document, text)._p.pPr.numPr
        return found.numId.val, found.ilvl.val

    levels = [each._p.pPr.numPr.ilvl.val for each in document.paragraphs[2:5]]
    assert levels == [0, 1, 2]
    assert numbers("drei") == numbers("vier") != numbers("vier eins")
    root = document.part.numbering_part.element
    lists = {each.get(qn("w:numId")): each for each in root.findall(qn("w:num"))}
    start = lists[str(numbers("drei")[0])].find(f".//{qn('w:startOverride')}")
    assert start.get(qn("w:val")) == "3"
    kinds = [each.tag for each in root]
    assert kinds.index(qn("w:num")) > max(
        n for n, tag in enumerate(kinds) if tag == qn("w:abstractNum")
    )


def test_looks_and_links(made: bytes) -> None:
    document = opened(made)
    line = paragraph(document, "Ein fetter")
    looks = {run.text: run for run in line.runs}
    assert looks["fetter"].bold and looks["kursiver"].italic and looks["alter"].font.strike
    assert looks["fester"].style.name == "Code Words"
    (link,) = line.hyperlinks
    assert (link.text, link.address) == ("Verweis", "https://example.org/a?b=1&c=2")


def test_tables_have_a_head_and_sides(made: bytes) -> None:
    (table,) = opened(made).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Name", "Preis"],
        ["日本語", "39 €"],
        ["שלום", "7"],
    ]
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert table.cell(1, 1).paragraphs[0]._p.pPr.jc.get(qn("w:val")) == "right"
    assert table.cell(2, 0).paragraphs[0]._p.find(f".//{qn('w:rtl')}") is not None


def test_notes_and_cited_sources_are_footnotes(made: bytes) -> None:
    notes = [words(each) for each in part(made, FOOTNOTES) if each.get(qn("w:type")) is None]
    assert notes == [
        " Die Fußnote mit Ziel.",
        " prices.pdf, page 2, characters 0–60",
        " survey.pdf, characters 10–70",
    ]
    text = opened(made).element
    asked = [each.get(qn("w:id")) for each in text.iter(qn("w:footnoteReference"))]
    assert asked == ["1", "2", "3"]
    again = [each.get(qn("w:instr")) for each in text.iter(qn("w:fldSimple"))]
    assert [re.findall(r"\d+", each) for each in again] == [["1"], ["2"]]
    assert "Sources" not in words(text)  # each of them is a footnote
    with ZipFile(BytesIO(made)) as package:
        links = package.read("word/_rels/footnotes.xml.rels").decode()
    assert "https://example.org/note" in links


def test_sources_that_nothing_cites_stay_listed(folder: Path) -> None:
    text = opened(file_of(make_manuscript(folder, ARTICLE.replace("[2]", "", 1)))).element
    assert words(text).endswith("Sources[2] survey.pdf, characters 10–70")


def test_a_text_without_notes_has_no_part_for_them(folder: Path) -> None:
    with ZipFile(BytesIO(file_of(make_manuscript(folder, "Text.")))) as package:
        assert FOOTNOTES not in package.namelist()


def test_languages_and_directions(made: bytes) -> None:
    document = opened(made)
    assert paragraph(document, "بالعربية")._p.pPr.find(qn("w:bidi")) is not None
    assert paragraph(document, "Ein fetter")._p.pPr.find(qn("w:bidi")) is None
    runs = paragraph(document, "نكتب").runs
    assert [run._r.find(f".//{qn('w:rtl')}") is not None for run in runs] == [True, False, True]
    language = document.styles.element.find(f".//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "de"
    assert document.core_properties.title == "Grüße aus Köln"
    assert document.core_properties.author == ""


def test_images_are_inside_with_what_they_show(made: bytes, folder: Path) -> None:
    (image,) = opened(made).inline_shapes
    assert image._inline.docPr.get("descr") == "Eine Tasse"
    (folder / "assets" / "cup.png").write_bytes(CUP[:20])
    broken = opened(file_of(make_manuscript(folder)))
    assert not broken.inline_shapes and paragraph(broken, "Eine Tasse")


def test_hostile_words_are_words(folder: Path) -> None:
    made = file_of(make_manuscript(folder, HOSTILE, title=HOSTILE_TITLE))
    text = words(opened(made).element)
    assert "<script>alert(1)</script>" in text
    with ZipFile(BytesIO(made)) as package:
        links = package.read("word/_rels/document.xml.rels").decode().lower()
        assert not [name for name in package.namelist() if ".." in name or "media" in name]
    assert "javascript" not in links and "file:" not in links and "data:" not in links


@pytest.mark.parametrize("file", sorted(MARKDOWN_FILES.glob("*.md")), ids=lambda file: file.stem)
def test_any_text_is_written(folder: Path, file: Path) -> None:
    assert opened(file_of(make_manuscript(folder, file.read_bytes().decode()))).paragraphs
