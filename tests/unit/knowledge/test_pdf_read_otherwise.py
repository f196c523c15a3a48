"""What PDFium adds to lines that pypdf has read."""

from contextlib import closing
from pathlib import Path

import pytest

from marketer_desktop.knowledge.loaders.pdf_gaps import WordGaps
from marketer_desktop.knowledge.loaders.pdf_layout import Line
from tests.factories.documents import make_pdf

SAID = [
    "Our roastery opens at nine and closes at six.",
    "Beans rest for three days before they are packed.",
]


@pytest.fixture
def data(tmp_path: Path) -> bytes:
    return make_pdf(tmp_path / "a.pdf", [SAID]).read_bytes()


def line(text: str, number: int = 0) -> Line:
    return Line(text, 72.0, 700.0 - 14 * number, 11.0, bold=False)


def restored(data: bytes, lines: list[Line]) -> list[Line]:
    with closing(WordGaps(data)) as gaps:
        return gaps.restored(0, lines)


def test_a_line_without_gaps_gets_them_and_keeps_its_place(data: bytes) -> None:
    lines = [line(text.replace(" ", ""), number) for number, text in enumerate(SAID)]
    found = restored(data, lines)
    assert [each.text for each in found] == SAID
    assert [each.y for each in found] == [each.y for each in lines]


@pytest.mark.parametrize("read", [[], ["/27/3/18 /44/9/51/22", "/8/16 /33/40/2 /19"]])
def test_what_only_pdfium_can_read_is_taken_from_it(data: bytes, read: list[str]) -> None:
    assert [each.text for each in restored(data, [line(text) for text in read])] == SAID


def test_another_order_and_joined_lines_are_no_difference(data: bytes) -> None:
    lines = [line(SAID[1]), line(SAID[0], 1)]
    assert restored(data, lines) == lines
    joined = [line(" ".join(SAID))]
    assert restored(data, joined) == joined


def test_a_few_odd_characters_are_left_to_pypdf(tmp_path: Path) -> None:
    data = make_pdf(tmp_path / "b.pdf", [["Page 7"]]).read_bytes()
    lines = [line("/1/2 /3")]
    assert restored(data, lines) == lines
