"""Reading ease, reading time and statistics."""

import pytest

from marketer_desktop.domain.scoring.languages.english import ENGLISH
from marketer_desktop.domain.scoring.paper import Block, Text
from marketer_desktop.domain.scoring.readability import (
    flesch,
    reading_time_minutes,
    statistics,
)
from marketer_desktop.publishing.paper_text import html_text

BREAD = "The baker sold seven loaves of fine brown bread at market yesterday morning."


def ease(html: str) -> float:
    return flesch(html_text(html), ENGLISH)


def by_formula(words: int, sentences: int, syllables: int) -> float:
    return round(206.835 - 1.015 * words / sentences - 84.6 * syllables / words, 1)


@pytest.mark.parametrize(
    ("html", "words", "sentences", "syllables"),
    [
        (f"<p>{BREAD}</p>", 13, 1, 19),
        (f"<p>{BREAD} {BREAD}</p>", 26, 2, 38),
        (f"<p>{BREAD}</p><ul><li>dog</li><li>dog</li></ul>", 15, 3, 21),
        (f"<p>{BREAD} 10 1,000 5-6</p>", 13, 2, 19),
        (f"<p>{BREAD} * #</p>", 15, 1, 19),
        (f"<p>{BREAD}\ndog</p>", 14, 2, 20),
        (f"<p>{BREAD}</p><p>dog\n  dog</p>", 15, 2, 21),
        (f"<p>{BREAD}</p><p>dog <code>dog</code> dog</p>", 16, 2, 22),
        (f"<p>{BREAD}</p><pre>dog\ndog</pre>", 15, 3, 21),
        (f"<p>{BREAD}</p><table>\n<tr>\n<td>dog</td>\n</tr>\n</table>", 14, 4, 20),
        (f"<p>{BREAD}</p><p><a href='x'><img src='y'></a></p>", 13, 2, 19),
    ],
)
def test_reading_ease_is_the_formula(html: str, words: int, sentences: int, syllables: int) -> None:
    assert ease(html) == by_formula(words, sentences, syllables)


def test_reading_ease_stays_between_0_and_100() -> None:
    assert ease("<p>Dogs run.</p>") == 100
    assert ease("<p>Organizational interoperability considerations.</p>") == 0
    assert ease("") == 0


def test_reading_ease_of_a_text_that_was_put_together_by_hand() -> None:
    assert flesch(Text((Block("paragraph", BREAD, 0, len(BREAD)),)), ENGLISH) == 70.0


@pytest.mark.parametrize(
    ("words", "pictures", "expected"),
    [(0, 0, 0), (1, 0, 1), (228, 0, 1), (229, 0, 2), (228, 1, 2), (1, 5, 2), (0, 1, 1)],
)
def test_reading_time_is_in_begun_minutes(words: int, pictures: int, expected: int) -> None:
    html = f"<p>{'word ' * words}</p>" + "<p><img src='a'></p>" * pictures
    assert reading_time_minutes(html_text(html)) == expected


def test_statistics_count_words_sentences_and_paragraphs() -> None:
    html = "<h2>Two words</h2><p>One two three. Four five.</p><p>Six.</p><pre>code</pre>"
    found = statistics(html_text(html), ENGLISH)
    assert (found.words, found.sentences, found.paragraphs) == (8, 4, 2)
    assert (found.words_per_sentence, found.words_per_paragraph) == (2.0, 3.0)


def test_statistics_of_nothing_are_nothing() -> None:
    found = statistics(Text(), None)
    assert found.model_dump() == dict.fromkeys(found.model_dump(), 0)
