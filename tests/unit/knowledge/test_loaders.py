"""Every kind of document becomes clean text in reading order."""

import sys
from pathlib import Path

import pytest

from marketer_desktop.knowledge.errors import DocumentError
from marketer_desktop.knowledge.loaders.cleaning import clean
from marketer_desktop.knowledge.loaders.document import LoadedDocument
from marketer_desktop.knowledge.loaders.load import load
from marketer_desktop.knowledge.loaders.markdown import load_markdown
from marketer_desktop.knowledge.loaders.text import load_text
from tests.factories.documents import (
    SAMPLES,
    make_docx,
    make_html,
    make_pdf,
    make_scan,
    make_two_columns,
    protect,
)

WRAPPED = (
    "The harbour café buys its coffee from a small roast-\n"
    "ery near the quay and serves about two hundred cups on\n"
    "a normal weekday."
)
JOINED = (
    "The harbour café buys its coffee from a small roastery near the quay and serves about two "
    "hundred cups on a normal weekday."
)


def text_of(loaded: LoadedDocument) -> str:
    (page,) = loaded.pages
    assert page.page is None
    return page.text


def test_plain_text_is_cleaned_as_any_other() -> None:
    """What is removed from the second of two like texts makes it go the long way."""
    printable = [chr(code) for code in range(sys.maxunicode + 1) if chr(code).isprintable()]
    for start in range(0, len(printable), 1000):
        some = printable[start : start + 1000]
        for text in (" ".join(some), f"  {'  '.join(some)} ", " \n \n\n".join(some)):
            assert clean(text) == clean(f"{text}\u200b")
    assert clean(" a  ﬁsh ") == "a fish"


def test_pdf_lines_become_paragraphs(tmp_path: Path) -> None:
    loaded = load(make_pdf(tmp_path / "a.pdf", [[WRAPPED, "A second paragraph."], ["Page two."]]))
    assert [page.page for page in loaded.pages] == [1, 2]
    assert loaded.pages[0].text == f"{JOINED}\n\nA second paragraph."
    assert loaded.full_text == f"{JOINED}\n\nA second paragraph.\fPage two."


def test_pdf_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = ["The left column tells how the", "company began, and its last line", "goes on"]
    right = ["in the right column, where the", "sentence ends."]
    (page,) = load(make_two_columns(tmp_path / "a.pdf", left, right)).pages
    assert page.text == " ".join([*left, *right])


def test_pdf_bullets_stand_alone_without_their_mark(tmp_path: Path) -> None:
    items = "• First rule of the house,\nwhich goes on here.\n• Second rule of the house."
    (page,) = load(make_pdf(tmp_path / "a.pdf", [[items]])).pages
    assert page.text == (
        "First rule of the house, which goes on here.\n\nSecond rule of the house."
    )


def test_pdf_footers_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    pages = [[f"The body of page {word}."] for word in ("one", "two", "three")]
    loaded = load(make_pdf(tmp_path / "a.pdf", pages, footer="Brand book, page {}"))
    assert [page.text for page in loaded.pages] == [body for (body,) in pages]


def test_the_sample_pdf_keeps_its_title_and_its_tables() -> None:
    loaded = load(SAMPLES / "brand-guidelines.pdf")
    assert loaded.title == "Kestrow brand guidelines"
    assert len(loaded.pages) == 6
    assert "Las Brumas cooperative Colombia 1,750 m 2012 74 tonnes" in loaded.pages[2].text
    assert "Page 3" not in loaded.full_text


def test_a_pdf_that_only_restricts_printing_is_read(tmp_path: Path) -> None:
    source = make_pdf(tmp_path / "a.pdf", [["Open words."]])
    assert load(protect(source, tmp_path / "b.pdf", "")).full_text == "Open words."


def test_unusable_pdfs_say_why(tmp_path: Path) -> None:
    source = make_pdf(tmp_path / "a.pdf", [["Secret words."]])
    with pytest.raises(DocumentError, match="password"):
        load(protect(source, tmp_path / "b.pdf", "pass"))
    with pytest.raises(DocumentError, match="only pictures"):
        load(make_scan(tmp_path / "c.pdf"))
    cut = tmp_path / "d.pdf"
    cut.write_bytes(source.read_bytes()[:-200])
    with pytest.raises(DocumentError, match="ends early"):
        load(cut)


def test_word_paragraphs_and_tables_keep_their_order(tmp_path: Path) -> None:
    table = [["Coffee", "Price"], ["Night Ferry", "9.40 euros"]]
    loaded = load(make_docx(tmp_path / "a.docx", ["# Facts", "Before.", table, "After."]))
    assert text_of(loaded) == (
        "Facts\n\nBefore.\n\nCoffee | Price\n\nNight Ferry | 9.40 euros\n\nAfter."
    )
    assert loaded.title == "Facts"


def test_html_loses_its_boilerplate(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(make_html(["First & foremost.", "Second."]), "utf-8")
    loaded = load(path)
    assert text_of(loaded) == "The heading\n\nFirst & foremost.\n\nSecond."
    assert loaded.title == "The page title"


def test_html_tables_and_inline_marks_stay_readable(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(
        "<html><meta charset='iso-8859-1'><body><p>Caf\xe9 <b>Lan</b>tern<br>sells tea.</p>"
        "<table><tr><th>Cup</th><td>3</td></tr></table></body></html>".encode("latin-1")
    )
    assert text_of(load(path)) == "Café Lantern sells tea.\n\nCup | 3"


def test_markdown_loses_its_marks() -> None:
    source = (
        "---\ntitle: x\n---\n# The *story*\n\nOne **bold**\nline with a [link](https://e.org).\n\n"
        "- item `one`\n- item two\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n> Quoted.\n"
    )
    loaded = load_markdown(source.encode())
    assert loaded.title == "The story"
    assert text_of(loaded) == (
        "The story\n\nOne bold line with a link.\n\nitem one\n\nitem two\n\nA | B\n\n1 | 2"
        "\n\nQuoted."
    )


def test_markdown_keeps_the_words_of_html_in_it() -> None:
    source = (
        "<p align=center>Coffee &amp; tea</p>\n\n# *Cups* &amp; pots\n\nFive \\* <b>stars</b>.\n\n"
        "<!-- a remark -->\n\n<script>var x = 1;</script>\n"
    )
    assert text_of(load_markdown(source.encode())) == (
        "Coffee & tea\n\nCups & pots\n\nFive * stars."
    )


def test_wrapped_text_is_joined_and_short_lines_are_kept() -> None:
    source = f"{WRAPPED}\r\n\r\n\r\n\r\nRope Walk 7\r\nHarrowmere\r\n"
    assert text_of(load_text(source.encode())) == f"{JOINED}\n\nRope Walk 7\nHarrowmere"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16-le", "utf-16-be", "utf-16", "cp1252"])
def test_text_encodings(encoding: str) -> None:
    text = "Crème brûlée für fünf süße Gäste, über den Dächern der Straße."
    mark = "\ufeff" if encoding in {"utf-16-le", "utf-16-be"} else ""
    assert text_of(load_text((mark + text).encode(encoding))) == text


def test_nothing_of_a_file_can_upset_the_database() -> None:
    raw = "Zero\x00 width\u200b, soft\u00adhyphen, \u00a0spaces\x07, half \ud83d, ﬁne."
    assert clean(raw) == "Zero width, softhyphen, spaces, half \ufffd, fine."
