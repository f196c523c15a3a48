"""Where the scorer sees sentences end."""

import pytest

from marketer_desktop.domain.scoring.languages.english import ENGLISH
from marketer_desktop.domain.scoring.sentences import sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, ENGLISH.abbreviations)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One stop. Two stops! Three?", ["One stop.", "Two stops!", "Three?"]),
        ("It costs 3.5 euros. Prices rise.", ["It costs 3.5 euros.", "Prices rise."]),
        ("See Dr. Oak, e.g. Mondays. He waits.", ["See Dr. Oak, e.g. Mondays.", "He waits."]),
        ("Version 2. stays whole", ["Version 2. stays whole"]),
        ("wow! no. yes", ["wow!", "no. yes"]),
        ('He said "stop." then left.', ['He said "stop." then left.']),
        ('He said "stop." Then he left.', ['He said "stop."', "Then he left."]),
        ("The mark (?) is odd. (It is.) Next.", ["The mark (?) is odd.", "(It is.)", "Next."]),
        ("Wait... What? Then go… So.", ["Wait...", "What?", "Then go…", "So."]),
        ("A claim.[82] Another.", ["A claim.", "[82] Another."]),
        ("A line\nbreak stays. Next.", ["A line\nbreak stays.", "Next."]),
        ("Parted\vhere", ["Parted", "here"]),
        ("see x.y and a.b", ["see x.y and a.b"]),
        (" \n", []),
        ("", []),
    ],
)
def test_sentences_end_where_the_next_begins_like_one(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_abbreviations_are_of_the_language() -> None:
    text = "Ask Dr. Oak."
    assert len(sentences(text, ENGLISH.abbreviations)) == 1
    assert len(sentences(text)) == 2
