"""Which words of a passage are marked, and which part of it is shown."""

import pytest

from marketer_desktop.ui.pages.documents.marking import EXCERPT, excerpt, marked

TEXT = "We roast on Tuesday. Roasted beans are fresh, and a roaster roasts twice."


def words(text: str, query: str) -> list[str]:
    return [piece.text for piece in marked(text, query) if piece.marked]


def test_all_forms_of_a_word_are_marked_and_the_text_stays() -> None:
    assert words(TEXT, "roasting") == ["roast", "Roasted", "roaster", "roasts"]
    assert "".join(piece.text for piece in marked(TEXT, "roasting")) == TEXT


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("the price of it", []),  # no word of the text, and small words do not count
        ("café", ["Café"]),
        ("b2b", ["B2B"]),
        ("car", []),
    ],
)
def test_short_and_other_words_are_left_alone(query: str, found: list[str]) -> None:
    assert words("The care of a Café in B2B, and of the oars.", query) == found


def test_an_excerpt_begins_before_the_first_word_found() -> None:
    text = " ".join(f"filler{n}" for n in range(80)) + " harbour " + "tail " * 80
    shown = excerpt(text, "harbour")
    assert "harbour" in shown
    assert len(shown) <= EXCERPT + 4
    assert (shown[:2], shown[-2:]) == ("… ", " …")
    assert all(word in text for word in shown.strip("… ").split())


def test_a_short_text_is_shown_whole() -> None:
    assert excerpt("One\n two.", "three") == "One two."
