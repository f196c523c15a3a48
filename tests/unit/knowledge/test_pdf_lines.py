"""What PDF files say is read where their letters, gaps and lines are written in odd ways."""

import importlib
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from marketer_desktop.knowledge.loaders.pdf import load_pdf
from tests.factories.documents import PdfPage
from tests.factories.hostile_pdf import pdf, stream

SPOKEN = "small teams write better when they share one guide"
DRAWN = (
    b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/CharProcs<<>>"
    b"/Encoding<</Differences[11/k/l/m/n/o 32%s]>>/FirstChar 0/LastChar 127/Widths[%s]>>"
    % (b"".join(b"/a%d" % code for code in range(32, 128)), b"6 " * 128)
)


def read(content: bytes, font: bytes | None = None, **more: bytes) -> str:
    """The text of a page with this content, without its spans of pages."""
    numbered = {int(number.removeprefix("o")): body for number, body in more.items()}
    changed = {4: stream(content), **numbered} | ({5: font} if font else {})
    return load_pdf(pdf(changed)).full_text


def glyphs(alphabet: str) -> bytes:
    """A font that draws the letters of `alphabet` with the glyphs 1, 2, 3 …"""
    shape = importlib.import_module("fontTools.ttLib.tables._g_l_y_f").Glyph()
    builder = importlib.import_module("fontTools.fontBuilder").FontBuilder(1000, isTTF=True)
    names = [".notdef", *(f"g{number}" for number in range(1, len(alphabet) + 1))]
    builder.setupGlyphOrder(names)
    letters = {ord(letter): name for letter, name in zip(alphabet, names[1:], strict=True)}
    builder.setupCharacterMap(letters)
    builder.setupGlyf(dict.fromkeys(names, shape))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupPost()
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def test_gaps_made_by_the_pen_become_spaces() -> None:
    courier = b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>"
    words = " -250 ".join(f"({word})" for word in SPOKEN.split())
    assert read(f"BT /F 10 Tf 40 300 Td [{words}] TJ ET".encode(), courier) == SPOKEN


@pytest.mark.parametrize("said", ["the quay opens at 9.", "𝒜 kiosk 🚢 too"])
def test_letters_are_found_in_a_font_that_numbers_its_glyphs(said: str) -> None:
    alphabet = "".join(sorted(set(said)))
    numbers = "".join(f"{alphabet.index(letter) + 1:04x}" for letter in said)
    content = f"BT /F 12 Tf 72 700 Td <{numbers}> Tj ET".encode()
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[7 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDToGIDMap/Identity/DW 600"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/FontDescriptor 8 0 R>>",
        b"<</Type/FontDescriptor/FontName/X/Flags 4/FontFile2 9 0 R>>",
        stream(glyphs(alphabet)),
    )
    assert read(content, font[0], o7=font[1], o8=font[2], o9=font[3]) == said


def test_ligatures_of_tex_are_letters() -> None:
    content = b"BT /F 10 Tf 40 300 Td (di\\013erent \\014gures \\015ow, o\\016ces, ba\\017es) Tj ET"
    assert read(content, DRAWN) == "different figures flow, offices, baffles"


@pytest.mark.parametrize(
    ("meant", "said"), [(b"0066006C0066006C", "aflicht"), (b"D835DC53", "a𝑓icht")]
)
def test_the_parts_of_one_letter_are_read_as_one(meant: bytes, said: str) -> None:
    cmap = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> "
        b"endcodespacerange 1 beginbfchar <57> <%s> endbfchar "
        b"1 beginbfrange <61> <7A> <0061> endbfrange endcmap" % meant
    )
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Courier/ToUnicode 7 0 R>>"
    assert read(b"BT /F 12 Tf 72 700 Td (aWicht) Tj ET", font, o7=stream(cmap)) == said


def test_a_ligature_that_is_written_twice_is_read_twice() -> None:
    assert read(b"BT /F 12 Tf 72 700 Td (flfl) Tj ET") == "flfl"


def test_a_page_of_single_letters_has_words() -> None:
    def letters(x: int, y: int, said: str) -> str:
        return "".join(
            f"BT /F 9 Tf 1 0 0 1 {x + 5.4 * place:.2f} {y} Tm ({letter}) Tj ET "
            for place, letter in enumerate(said)
            if letter != " "
        )

    # Lines so close, with so wide a gap beside them, that PDFium takes them for columns.
    lines = [(16, 700, "Chapter two"), (400, 695, "Harbour"), (16, 690, "Getting help")]
    content = "".join(letters(*line) for line in lines).encode()
    courier = b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>"
    assert read(content, courier).split() == " ".join(said for _, _, said in lines).split()


@pytest.mark.parametrize(("across", "up"), [(0, 1), (0.1, 0.995), (-1, 0)])
def test_lines_that_run_in_other_directions_make_paragraphs(across: float, up: float) -> None:
    def line(drop: int, text: str) -> str:
        x, y = 100 + drop * up, 400 - drop * across
        return f"{across} {up} {-up} {across} {x} {y} Tm ({text}) Tj "

    lines = [line(0, "A page that lies on"), line(14, "Mondays."), line(50, "Next.")]
    content = f"BT /F 12 Tf {''.join(lines)} ET".encode()
    assert read(content) == "A page that lies on Mondays.\n\nNext."


def test_drawn_letters_have_the_size_of_their_lines() -> None:
    said = ["One paragraph that goes", "on here in full.", "", "Another one stands", "below it."]
    lines = "".join(f"1 0 0 1 72 {700 - 12 * n} Tm ({text}) Tj " for n, text in enumerate(said))
    content = f"BT /F 1 Tf {lines} ET".encode()
    assert read(content, DRAWN.replace(b"[.1 0 0 .1", b"[1 0 0 1")) == (
        "One paragraph that goes on here in full.\n\nAnother one stands below it."
    )


def write_slides(path: Path, titles: Sequence[str], header: str) -> bytes:
    canvas = Canvas(str(path))
    for number, title in enumerate(titles):
        page = PdfPage(canvas)
        page.lines([header], y=800)
        page.lines([title], y=760, size=24)
        page.lines([f"A point that slide {'abc'[number]} makes, in letters as most are."])
        canvas.showPage()
    canvas.save()
    return path.read_bytes()


def test_the_title_of_slides_is_kept_and_their_header_is_not(tmp_path: Path) -> None:
    data = write_slides(tmp_path / "a.pdf", ["Harbour plans"] * 3, "Quay roastery, internal")
    for page in load_pdf(data).pages:
        assert "Harbour plans" in page.text
        assert "internal" not in page.text
