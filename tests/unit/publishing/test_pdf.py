"""The PDF, read by PDFium: all words are there, nothing hostile is, links and pages work."""

import re
from pathlib import Path

import pypdfium2
import pytest

from marketer_desktop.publishing.pdf.file import file_of
from tests.factories.manuscripts import (
    CUP,
    HOSTILE,
    HOSTILE_TITLE,
    MARKDOWN_FILES,
    make_manuscript,
)


def read(made: bytes) -> tuple[pypdfium2.PdfDocument, str]:
    """The document and its words."""
    document = pypdfium2.PdfDocument(made)
    pages = (page.get_textpage().get_text_range() for page in document)
    return document, re.sub(r"\s+", " ", " ".join(pages))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "cup.png").write_bytes(CUP)
    return tmp_path


def images_of(document: pypdfium2.PdfDocument) -> int:
    kind = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
    return sum(len(list(page.get_objects(filter=[kind]))) for page in document)


def test_all_words_are_there(folder: Path) -> None:
    document, words = read(file_of(make_manuscript(folder)))
    for part in (
        "Grüße aus Köln",
        "Ein fetter, kursiver, alter und fester Satz mit Verweis.",
        "eins eins eins",
        "3. drei 4. vier",
        "39 €",
        'return x < 1 & "ok"',
        "Coffee costs 40 cents[1]. It is fresh[2], and cheap[1].",
        "[1] prices.pdf, page 2, characters 0–60",
        "Die Fußnote mit Ziel.",
    ):
        assert part in words, part
    assert images_of(document) == 1
    assert document.get_metadata_dict()["Title"] == "Grüße aus Köln"


def test_long_texts_have_headers_and_page_numbers(folder: Path) -> None:
    text = "\n\n".join(f"Absatz {number}. " + "Wort " * 80 for number in range(40))
    document, words = read(file_of(make_manuscript(folder, text)))
    assert len(document) > 3
    assert f"2 / {len(document)}" in words
    assert words.count("Grüße aus Köln") == len(document) - 1  # not on the first page


def test_a_broken_image_is_replaced_by_its_words(folder: Path) -> None:
    (folder / "assets" / "cup.png").write_bytes(CUP[:40])
    document, words = read(file_of(make_manuscript(folder)))
    assert "Eine Tasse" in words and images_of(document) == 0


def test_hostile_words_are_words(folder: Path) -> None:
    made = make_manuscript(folder, HOSTILE, title=HOSTILE_TITLE, language="en;evil")
    document, words = read(file_of(made))
    for part in ('#panic("owned")', '#read("/etc/passwd")', '#import"@preview/evil:1.0.0"'):
        assert part in words.replace(" ", "")
    assert images_of(document) == 0
    assert b"javascript:" not in file_of(made).lower()


@pytest.mark.parametrize("file", sorted(MARKDOWN_FILES.glob("*.md")), ids=lambda file: file.stem)
def test_any_text_is_typeset(folder: Path, file: Path) -> None:
    made = make_manuscript(folder, file.read_bytes().decode(), language="zh-Hans-CN")
    assert len(read(file_of(made))[0]) >= 1
