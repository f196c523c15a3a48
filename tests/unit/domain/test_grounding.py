"""What a model says of the subject must stand in a passage."""

from marketer_desktop.domain.grounding import Screen, supporting
from tests.factories.pieces import make_source

ROASTING = make_source(1, "Kestrow roasts 40 bags of coffee every Tuesday in the harbour hall.")
PRICES = make_source(2, "The Hollin grinder costs 89 euros and lasts for years.")


def test_the_passage_that_shares_most_words_supports() -> None:
    assert supporting("The grinder costs 89 euros.", [ROASTING, PRICES]) == 2
    assert supporting("Coffee bags leave the harbour hall.", [ROASTING, PRICES]) == 1


def test_a_passage_without_the_figure_does_not_support() -> None:
    assert supporting("The grinder costs 98 euros.", [ROASTING, PRICES]) is None


def test_few_shared_words_are_not_enough() -> None:
    assert supporting("A grinder pleases patient people at home.", [ROASTING, PRICES]) is None


def test_a_general_sentence_needs_no_source() -> None:
    admitted = Screen(["coffee at home"], [PRICES]).admitted(
        "Fresh coffee at home makes the morning pleasant."
    )
    assert admitted is not None
    assert (admitted.origin, admitted.source) == ("model", None)


def test_a_fact_of_the_documents_is_cited() -> None:
    admitted = Screen(["coffee at home"], [ROASTING, PRICES]).admitted(
        "The Hollin grinder costs 89 euros and lasts."
    )
    assert admitted is not None
    assert admitted.source == 2
    assert admitted.marked == "The Hollin grinder costs 89 euros and lasts[2]."


def test_a_fact_put_together_from_two_passages_is_refused() -> None:
    screen = Screen(["coffee"], [ROASTING, PRICES])
    assert screen.admitted("Kestrow sells the Hollin grinder on Tuesday mornings.") is None


def test_an_invented_fact_is_refused_even_near_a_passage() -> None:
    screen = Screen(["coffee"], [ROASTING])
    assert screen.admitted("Kestrow roasts 80 bags of coffee every Tuesday.") is None
