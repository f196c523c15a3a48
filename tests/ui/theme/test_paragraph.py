"""Text wraps at the line height of its style."""

from PySide6.QtCore import Qt

from marketer_desktop.ui.theme.paragraph import Paragraph
from marketer_desktop.ui.theme.type import font

LEFT = Qt.AlignmentFlag.AlignLeft


def lines(text: str, width: int) -> int:
    return Paragraph(text, font("body"), 20, width, LEFT).lines


def test_lines_are_as_high_as_the_style_says() -> None:
    text = "A sentence that is much too long for one line of two hundred px."
    made = Paragraph(text, font("body"), 20, 200, LEFT)
    assert made.lines == 3
    assert made.height == 60


def test_breaks_are_kept() -> None:
    assert lines("One\nTwo\n\nFour", 400) == 4


def test_a_long_word_is_broken_rather_than_cut() -> None:
    assert lines("https://example.com/" + "a" * 100, 200) > 3
