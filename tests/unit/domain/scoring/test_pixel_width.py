from reportlab.pdfbase.pdfmetrics import stringWidth

from marketer_desktop.domain.scoring.pixel_width import pixel_width


def test_widths_are_those_of_the_metric_twin_helvetica() -> None:
    for title in (
        "The quick brown fox jumps over the lazy dog",
        "W@y: 100 % “good”, isn't it? 42!",
    ):
        assert abs(pixel_width(title) - stringWidth(title, "Helvetica", 20)) < 0.5


def test_letters_that_the_font_lacks() -> None:
    assert pixel_width("日") == 20
    assert pixel_width("🙂") == 20
    assert pixel_width("e\u0301") == pixel_width("e")
    assert pixel_width("") == 0
    assert 8 < pixel_width("\u0915") < 14


def test_blanks_shrink_as_on_a_page() -> None:
    assert pixel_width("  a \n b ") == pixel_width("a b")
