"""Which sentences of a model may stay."""

import pytest

from marketer_desktop.domain.screening import (
    Vocabulary,
    figures,
    names,
    objection,
    stutters,
    well_formed,
)

KNOWN = Vocabulary(["Kestrow’s roastery sold 6,420 bags in April.", "cold brew coffee"])


@pytest.mark.parametrize(
    "sentence",
    [
        "Fresh coffee makes every long morning a little easier.",
        "A café that roasts (often daily) keeps its guests.",
        "Guests call it “the quiet corner” and come back often.",
    ],
)
def test_a_plain_sentence_may_stay(sentence: str) -> None:
    assert well_formed(sentence)
    assert objection(sentence, KNOWN) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Far too short.",
        " ".join(["Word", *["word"] * 40]) + ".",
        "this one begins with a small letter somehow.",
        "This one never comes to an end because",
        "Would you like to know more about coffee?",
        "Sustainable practices: By choosing well you help the growers.",
        "The **bold** coffee is roasted in the village.",
        "Coffee is good for you and then…",
        "An open (bracket stays open until the very end.",
        "An open “quote stays open until the very end.",
        'An open "quote stays open until the very end.',
    ],
)
def test_what_is_not_a_whole_plain_sentence_goes(sentence: str) -> None:
    assert objection(sentence, KNOWN) == "not a whole plain sentence"


@pytest.mark.parametrize(
    "sentence",
    [
        "Sure, fresh coffee helps most people in the morning.",
        "Certainly fresh coffee helps most people in the morning.",
        "In this article you learn all about fresh coffee.",
        "Here are some reasons why fresh coffee tastes better.",
        "As an AI I enjoy the smell of fresh coffee.",
        "Let's see how fresh coffee changes a whole day.",
        "Let’s see how fresh coffee changes a whole day.",
        "The smell of coffee is what makes me happy.",
        "At your company name we love the smell of coffee.",
    ],
)
def test_talk_about_the_task_goes(sentence: str) -> None:
    assert objection(sentence, KNOWN) == "speaks about itself or the task"


def test_stuttering_goes() -> None:
    assert stutters("the the coffee")
    assert stutters("we roast coffee because we roast coffee")
    assert not stutters("we roast coffee and they brew it")
    sentence = "Fresh coffee is what fresh coffee is for people here."
    assert objection(sentence, KNOWN) == "repeats itself"


def test_invented_figures_and_names_are_named() -> None:
    said = "The roastery Brunello sold 900 bags to three hotels."
    assert objection(said, KNOWN) == "not in the sources: 3, 900, brunello"
    assert objection("At Kestrow the roastery sold 6,420 bags in April.", KNOWN) is None


def test_a_name_is_known_by_its_parts_and_without_its_genitive() -> None:
    assert KNOWN.invented("We like Kestrow’s idea") == set()
    assert KNOWN.invented("We like Kestrow-Coffee") == set()
    assert KNOWN.invented("We like Kestrow-Tea") == {"kestrow-tea"}


def test_figures_are_digits_and_words() -> None:
    said = figures("Twelve cups, 3.5% and 10/12 in half a day")
    assert said == {"12", "3.5", "3.5 %", "10/12", "half"}


def test_names_are_capitals_inside_a_sentence() -> None:
    assert names("Today Kestrow and Öland's farmers meet") == {"kestrow", "öland"}
    assert names("Guests (Marta, Łucja) call it “Lisbon — Harbour”") == {
        *("marta", "łucja", "lisbon", "harbour")
    }
    assert names("Today eBay and IKEA open, and I’d go") == {"ebay", "ikea"}
    assert names("McCoy opens the doors") == {"mccoy"}


COMMON = frozenset("roast roaster sell the offer busy bag well wise fresh grow".split())
NOTHING = Vocabulary(["coffee"], COMMON)


@pytest.mark.parametrize(
    ("sentence", "strange"),
    [
        ("Brunello offers coffee to every guest.", {"brunello"}),
        ("Brunello’s coffee grows well.", {"brunello"}),
        ("Roasters sell fresh coffee.", set()),
        ("Roasting the bags well is wise.", set()),
        ("Busiest roasters sell coffee.", set()),
        ("Bagged coffee sells well.", set()),
        ("Well-roasted coffee sells.", set()),
        ("Coffee grows.", set()),
        ("“Brunello sells”, the roaster says.", {"brunello"}),
    ],
)
def test_a_name_is_told_from_a_word_at_the_start(sentence: str, strange: set[str]) -> None:
    assert NOTHING.invented(sentence) == strange


def test_without_everyday_words_only_odd_capitals_count_at_the_start() -> None:
    assert Vocabulary(["coffee"]).invented("Brunello offers coffee, eBay too.") == {"ebay"}


def test_addresses_are_invented_unless_they_are_known() -> None:
    known = Vocabulary(["order coffee at https://kestrow.example/shop"])
    order = "Coffee can be ordered at kestrow.example/shop all day."
    assert objection(order, known) is None
    for other in ("evil.example", "https://kestrow.example/other", "a@kestrow.example"):
        said = f"Coffee can be ordered at {other} all day."
        assert str(objection(said, known)).startswith("not in the sources: ")


def test_every_word_of_a_title_is_held_against_the_dictionary() -> None:
    assert NOTHING.strange("Fresh Coffee Sells Well") == set()
    assert NOTHING.strange("Why Brunello Sells 9 Bags at evil.example") >= {
        *("brunello", "9", "evil.example")
    }
