"""Sentences of documents that can stand alone."""

import pytest

from marketer_desktop.domain.facts import facts, is_heading, quotable

ROAST = "Kestrow roasts its coffee on Tuesdays in the old harbour hall."
PRICE = "The hand grinder from Hollin costs 89 euros in the shop."


@pytest.mark.parametrize(
    "line", ["Our coffee range", "## Prices and shipping", "Öffnungszeiten", "Why we roast slowly"]
)
def test_short_lines_with_a_capital_are_headings(line: str) -> None:
    assert is_heading(line)


@pytest.mark.parametrize(
    "line",
    [
        "Blend | Price | Weight",
        "Night blue #1A2B3C",
        "Espresso 250 g 9.80",
        "This line ends like a sentence.",
        "all small letters here",
        "One two three four five six seven eight nine words",
        "###",
        "",
    ],
)
def test_rows_of_tables_and_other_lines_are_not(line: str) -> None:
    assert not is_heading(line)


@pytest.mark.parametrize(
    "sentence",
    [
        "They roast their coffee on Tuesdays in the old harbour hall.",
        "Use the short form of the name in every printed text.",
        "The logo of the company stands on the left of each page.",
        "Writers call the company by its short name in every text.",
        "Too short to quote.",
        "The roastery keeps green coffee in three halls by the sea . . . . . . . 14.",
        "The roastery keeps green coffee in three halls by the sea ........ 14.",
        "What does the hand grinder from Hollin cost in the shop?",
    ],
)
def test_rules_commands_and_dependent_sentences_are_not_quotable(sentence: str) -> None:
    assert not quotable(sentence)


def test_facts_come_in_order_under_their_headings() -> None:
    text = f"Some old words\n\n{ROAST}\n\n## Prices\n\nEspresso | 9.80\n\n{PRICE} {ROAST}"
    found = list(facts(3, text, heading="Before", start=100))
    assert [(fact.text, fact.heading) for fact in found] == [
        (ROAST, "Some old words"),
        (PRICE, "Prices"),
        (ROAST, "Prices"),
    ]
    assert {fact.source for fact in found} == {3}


def test_a_passage_begins_under_the_heading_it_was_cut_from() -> None:
    assert [fact.heading for fact in facts(1, ROAST, heading="Roasting")] == ["Roasting"]


def test_broken_lines_are_one_sentence_and_places_go_up() -> None:
    broken = ROAST.replace("coffee on", "coffee\non").replace("Kestrow ", "Kestrow\n")
    found = list(facts(1, f"{PRICE}\n\n{broken} {PRICE.replace('89', '98')}", start=50))
    assert [fact.text for fact in found][1] == ROAST
    places = [fact.place for fact in found]
    assert places == sorted(set(places))
    assert places[0] == 50
