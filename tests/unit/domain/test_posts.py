"""Posts of a thread, under the platform's limit."""

import random

import pytest

from marketer_desktop.domain.posts import (
    POST_CHARACTERS,
    number_of,
    numbered,
    packed,
    split_posts,
    unnumbered,
    weight,
)
from tests.factories.pieces import random_sentence


def test_latin_text_weighs_one_and_the_rest_two() -> None:
    assert weight("naïve – “Öl”") == 12
    assert weight("日本") == 4
    assert weight("a😀") == 3
    assert weight("…") == 2


def test_sentences_share_a_post_as_long_as_they_fit() -> None:
    assert packed(["One.", "Two.", "Three."], most=9) == ["One. Two.", "Three."]
    assert packed([], most=9) == []


def test_a_sentence_that_is_too_long_alone_is_left_out() -> None:
    assert packed(["Short.", "Far too long for it.", "End."], most=12) == ["Short. End."]


def test_no_post_is_too_heavy_and_no_fitting_sentence_is_lost() -> None:
    for seed in range(20):
        chance = random.Random(seed)
        sentences = [random_sentence(chance) + "😀" * chance.randint(0, 40) for _ in range(30)]
        posts = packed(sentences)
        assert all(weight(post) <= POST_CHARACTERS for post in posts)
        fitting = [sentence for sentence in sentences if weight(sentence) <= POST_CHARACTERS]
        assert " ".join(posts) == " ".join(fitting)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://test.com", 23),
        ("test.com", 23),
        ("Test https://test.com test https://test.com test.com test", 86),
        ("See example.com/a?b=c, ok.", 4 + 23 + 5),
        (f"https://example.org/{'x' * 400}", 23),
        ("A text.It is (example.org).", 2 + 23 + 5 + 23 + 2),
        ("e.g. this, or a@b.com, or 3.5", 29),
        ("日本語のhttps://example.org/です", 8 + 23 + 4),
        ("日本語のexample.orgです", 8 + 23 + 4),
        ("http://example.com/Русские_слова", 23),
        ("HTTPS://www.ExaMPLE.COM/index.html", 23),
    ],
)
def test_an_address_counts_twenty_three(text: str, expected: int) -> None:
    assert weight(text) == expected


@pytest.mark.parametrize(
    "emoji", ["😀", "👨‍👩‍👧‍👦", "👍🏽", "🇩🇪", "❤️", "1️⃣", "©️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏳️‍🌈", "👩🏽‍💻"]
)
def test_an_emoji_counts_two_however_it_is_put_together(emoji: str) -> None:
    assert weight(emoji) == 2
    assert weight(f"a{emoji}b{emoji}") == 6


def test_letters_are_counted_as_they_are_shown() -> None:
    assert weight("e\u0301") == 1  # one letter, written as two
    assert weight("©") == 1
    assert weight("🇩") == 2


def test_several_posts_are_numbered_and_a_single_one_is_not() -> None:
    assert numbered(["One."]) == ["One."]
    text = "\n\n".join(numbered(["One.", "Two."]))
    assert split_posts(text) == ["1/2 One.", "2/2 Two."]
    assert [number_of(post) for post in split_posts(text)] == [(1, 2), (2, 2)]
    assert unnumbered("2/2 Two.") == "Two."
    assert number_of("1/2") is None
    assert number_of(f"{'9' * 5000}/2 x") is None
