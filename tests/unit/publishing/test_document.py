"""Markdown as readers see it: what is safe in it, its notes, sources and lists."""

from pathlib import Path

import pytest

from marketer_desktop.publishing.document.direction import runs_leftward, stretches
from marketer_desktop.publishing.document.model import (
    Code,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
    spans_in,
    words_of,
)
from marketer_desktop.publishing.document.reader import read_document
from marketer_desktop.publishing.document.safety import own_picture, safe_link
from tests.factories.contents import ARTICLE
from tests.factories.manuscripts import MARKDOWN_FILES


def first(markdown: str) -> Spans:
    """The spans of the first paragraph."""
    return next(b for b in read_document(markdown).blocks if isinstance(b, Paragraph)).spans


def test_lists_quotes_and_tables_are_a_tree() -> None:
    blocks = read_document(
        "# T\n\n2. a\n   - b\n\n> c\n>\n> ```py x\n> d\n> ```\n\n"
        "| e | f |\n|---|--:|\n| g |\n\n---\n"
    ).blocks
    title, numbers, quote, table, rule = blocks
    assert isinstance(title, Heading) and (title.level, title.anchor) == (1, "t")
    assert isinstance(numbers, Listing) and (numbers.is_ordered, numbers.start) == (True, 2)
    inner = numbers.items[0].blocks[1]
    assert isinstance(inner, Listing) and not inner.is_ordered
    assert isinstance(quote, Quote) and quote.blocks[1] == Code("d", "py")
    assert isinstance(table, Table) and table.aligns == ("", "right")
    assert rule == Rule()


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("/prices#year", "/prices#year"),
        ("//example.org/x", "https://example.org/x"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)", ""),
        (" java\tscript:alert(1)", ""),
        ("\u200bjavascript:alert(1)", ""),
        ("vbscript:x", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("\\\\host\\share", ""),
        ("x\\y", ""),
    ],
)
def test_only_links_that_lead_to_the_web_are_followed(address: str, kept: str) -> None:
    assert safe_link(address) == kept


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("assets/cup.png", "assets/cup.png"),
        ("assets/a%20b.png", "assets/a b.png"),
        ("assets/../../secret.png", ""),
        ("assets/%2e%2e/secret.png", ""),
        ("https://x.example/assets/y.png", ""),
        ("/assets/y.png", ""),
        ("assets", ""),
    ],
)
def test_only_images_of_the_piece_are_its_own(address: str, kept: str) -> None:
    assert own_picture(address) == kept


def test_an_image_from_elsewhere_is_a_link_to_it() -> None:
    (span,) = first("![A cup](https://x.example/y.png)")
    assert span == Span("A cup", link="https://x.example/y.png")
    assert first("![](https://x.example/y.png)")[0].text == "https://x.example/y.png"


def test_html_is_text_but_for_the_marks_that_the_editor_has() -> None:
    spans = first('A<br>b <!-- no --> <u>c</u> <i onclick="x">d</i> <script>e</script>')
    assert words_of(spans) == 'A\nb  c <i onclick="x">d</i> <script>e</script>'
    assert [span.text for span in spans if span.underline] == ["c"]


def test_comments_and_definitions_are_not_shown() -> None:
    assert read_document("<!-- a\n\nb -->\n\n[x]: /y\n").blocks == ()


def test_notes_are_numbered_as_they_are_asked_for() -> None:
    document = read_document("a[^z] b[^a] c[^z] `[^z]` [^no]\n\n[^a]: A\n\n[^z]: Z\n\n[^u]: U\n")
    assert [words_of(tuple(spans_in(note))) for note in document.notes] == ["Z", "A", "U"]
    assert [span.note for span in spans_in(document.blocks) if span.note] == [1, 2, 1, 3]
    assert "[^no]" in words_of(first("a [^no]"))


def test_marks_lead_to_the_entries_of_the_list_of_sources() -> None:
    document = read_document(ARTICLE)
    assert [span.cited for span in spans_in(document.blocks) if span.cited] == [1, 1, 2]
    assert words_of(document.sources[1]) == "prices.pdf, page 2, characters 0–60"
    listing = document.blocks[-1]
    assert isinstance(listing, Listing) and [item.source for item in listing.items] == [1, 2]


def test_brackets_that_no_source_has_are_text() -> None:
    assert not any(span.cited for span in spans_in(read_document("See [3].").blocks))


def test_links_inside_lead_to_headings_that_are_there() -> None:
    spans = first("[a](#part-two) [b](#gone)\n\n# Part *two*\n")
    assert [span.link for span in spans if span.link] == ["#part-two"]


def test_headings_of_one_name_have_names_of_their_own() -> None:
    blocks = read_document("# A\n\n# A\n\n# A-1\n\n# !\n").blocks
    anchors = [block.anchor for block in blocks if isinstance(block, Heading)]
    assert len(set(anchors)) == 4 and anchors[:2] == ["a", "a-1"]


def test_front_matter_is_no_text() -> None:
    document = read_document("---\ntitle: A\n---\n\nB\n")
    assert document.front_matter == "---\ntitle: A\n---"
    assert words_of(tuple(spans_in(document.blocks))) == "B"


def test_scripts_that_run_leftward() -> None:
    assert (
        runs_leftward("שלום world") and not runs_leftward("hello שלום") and not runs_leftward("1")
    )
    assert list(stretches("ab שלום cd")) == [("ab ", False), ("שלום ", True), ("cd", False)]


@pytest.mark.parametrize("file", sorted(MARKDOWN_FILES.glob("*.md")), ids=lambda file: file.stem)
def test_any_text_is_read(file: Path) -> None:
    document = read_document(file.read_bytes().decode())
    assert document.blocks
