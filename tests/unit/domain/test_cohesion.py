"""Which sentences hang together, and which say the same again."""

import pytest

from marketer_desktop.domain.cohesion import leans, restates


@pytest.mark.parametrize(
    "sentence",
    [
        "They roast it slowly.",
        "However, the price stays.",
        "It’s a quiet place.",
        "In addition, the bags are reused.",
        "In these rooms nobody hurries.",
    ],
)
def test_some_sentences_lean_on_the_one_before(sentence: str) -> None:
    assert leans(sentence)


@pytest.mark.parametrize(
    "sentence", ["Growers roast it slowly.", "In April the harvest begins.", "In", "", "😀"]
)
def test_others_stand_alone(sentence: str) -> None:
    assert not leans(sentence)


def test_the_same_in_nearly_the_same_words_restates() -> None:
    said = ["Small roasters sell fresh coffee to offices every week."]
    assert restates("Every week, small roasters sell offices fresh coffee.", said)
    assert restates("Small roasters sell coffee.", said)
    assert not restates("Large hotels order tea from distant gardens.", said)


def test_nothing_restates_nothing() -> None:
    assert not restates("Fresh coffee.", [])
    assert not restates("Fresh coffee.", [""])
    assert not restates("the and of", ["the and of"])
