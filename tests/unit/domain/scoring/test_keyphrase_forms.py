import pytest

from marketer_desktop.domain.scoring.keyphrase_forms import keyphrase, phrase_words, plain

FUNCTION_WORDS = frozenset({"the", "of", "how", "to"})


@pytest.mark.parametrize(
    ("text", "phrase", "uses"),
    [
        ("Cats and dogs", "cat", 0),
        ("cat's", "cat", 0),
        ("CAT, cat.", "cat", 2),
        ("cat-garden", "garden cat", 1),
        ("cat garden", "cat-garden", 1),
        ("garden of the cat", "the cat of garden", 1),
        ("cat cat garden", "cat garden", 1),
        ("cat garden cat garden", "cat garden", 2),
        ("cafe", "café", 1),
        ("café", "cafe", 0),
        ("cat_dog #cat cat1 $cat", "cat", 0),
        ("“cat” (cat) cat.py cat/dog cat: _cat_", "cat", 6),
        ("js on node", "node.js", 0),
        ("Node.js.", "node.js", 1),
        ("c", "c#", 0),
        ("don’t", "don't", 1),
        ("how to", "how to", 1),
        ("cat. Garden", '"cat garden"', 0),
        ("(cat garden)", "“Cat garden”", 1),
        ("garden cat", '"cat garden"', 0),
        ("", "cat", 0),
        ("cat", "", 0),
    ],
)
def test_uses(text: str, phrase: str, uses: int) -> None:
    assert keyphrase(phrase, FUNCTION_WORDS).uses(text) == uses


def test_words_that_count() -> None:
    found = keyphrase("The art of Red-hot (kettles)", FUNCTION_WORDS)
    assert found.words == ("art", "red", "hot", "kettles")
    assert not found.only_function_words
    assert keyphrase("how to", FUNCTION_WORDS).only_function_words
    assert keyphrase('"a b c"', FUNCTION_WORDS).length == 1


def test_signs_are_no_words() -> None:
    assert phrase_words("Zebra & lion - tiger!") == ["zebra", "lion", "tiger"]
    assert keyphrase("!!!", FUNCTION_WORDS).length == 0


def test_plain_keeps_every_place() -> None:
    assert len(plain("İstanbul’s ẞ")) == len("İstanbul’s ẞ")
