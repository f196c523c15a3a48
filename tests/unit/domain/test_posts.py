"""Posts of a thread, under the platform's limit."""

import random

from marketer_desktop.domain.posts import POST_CHARACTERS, packed, weight
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
