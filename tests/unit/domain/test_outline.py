"""The outline: sections, their headings, and the facts they carry."""

import pytest

from marketer_desktop.domain.brief import Brief, ContentType
from marketer_desktop.domain.outline import (
    MOST_SECTIONS,
    SectionPlan,
    fallback_questions,
    grouped,
    heading_for,
    plan,
    section_count,
)
from marketer_desktop.domain.piece import Fact
from tests.factories.pieces import make_source

SOURCES = [make_source(1), make_source(2, document_id=7), make_source(3, document_id=7)]


def make_facts(*places: tuple[int, str, int]) -> list[Fact]:
    return [
        Fact(source=source, heading=heading, place=place, text=f"Fact {source} {place}.")
        for source, heading, place in places
    ]


FACTS = make_facts(
    (2, "Prices", 40), (2, "Prices", 10), (1, "Roasting", 5), (3, "Shipping", 9), (1, "", 7)
)


@pytest.mark.parametrize(("words", "count"), [(30, 3), (600, 4), (1500, 10), (5000, MOST_SECTIONS)])
def test_long_forms_have_a_section_for_every_150_words(words: int, count: int) -> None:
    assert section_count(Brief(topic="coffee", words=words)) == count
    assert section_count(Brief(topic="coffee", words=words, type=ContentType.EMAIL)) == 1


def test_documents_take_turns() -> None:
    groups = grouped(FACTS, SOURCES)
    headings = [(group[0].source, group[0].heading, len(group)) for group in groups]
    assert headings == [(2, "Prices", 2), (1, "Roasting", 1), (3, "Shipping", 1), (1, "", 1)]


def test_the_same_heading_in_two_documents_is_two_groups() -> None:
    assert len(grouped(make_facts((1, "Prices", 1), (2, "prices", 1)), SOURCES)) == 2


def test_headings_come_from_documents_then_from_questions() -> None:
    plans = plan(Brief(topic="cold brew", words=900), ["Who buys it?"], FACTS, SOURCES, "cold brew")
    assert [section.heading for section in plans[:4]] == [
        "Cold Brew: Prices",
        "Roasting",
        "Cold Brew: Shipping",
        "How do you get started with cold brew?",
    ]
    assert len(plans) == 6


def test_facts_of_a_section_stand_as_in_their_document() -> None:
    (first, *_) = plan(Brief(topic="cold brew"), [], FACTS, SOURCES, "cold brew")
    assert [fact.place for fact in first.facts] == [10, 40]


def test_what_does_not_fit_is_spare() -> None:
    many = make_facts(*((1, "Prices", place) for place in range(9)))
    (first, *_) = plan(Brief(topic="cold brew", words=300), [], many, SOURCES, "cold brew")
    assert (len(first.facts), len(first.spare)) == (2, 7)


@pytest.mark.parametrize("words", [30, 600, 5000])
def test_no_heading_comes_twice_and_budgets_make_the_length(words: int) -> None:
    asked = ["Why does tea matter?", "why does tea matter?"] * 3
    same = make_facts(*((source, "Why does tea matter", 1) for source in (1, 2)))
    plans = plan(Brief(topic="tea time", words=words), asked, same, SOURCES, "tea")
    headings = [section.heading.casefold() for section in plans]
    assert len(set(headings)) == len(headings) == section_count(Brief(topic="tea", words=words))
    assert words * 0.8 <= sum(section.words for section in plans) <= words * 1.1 + len(plans)


def test_a_short_form_has_one_section_with_the_best_fact_of_each_group() -> None:
    brief = Brief(topic="cold brew", words=120, type=ContentType.LINKEDIN)
    assert plan(brief, ["Who buys it?"], FACTS, SOURCES, "cold brew") == [
        SectionPlan(
            heading="",
            question="Who buys it?",
            words=120,
            facts=[FACTS[0], FACTS[2]],
            spare=[FACTS[3], FACTS[4]],
        )
    ]


def test_without_facts_and_questions_there_is_still_a_plan() -> None:
    plans = plan(Brief(topic="cold brew", words=450), [], [], [], "cold brew")
    assert [section.heading for section in plans] == fallback_questions("cold brew")[:3]
    email = Brief(topic="cold brew", words=100, type=ContentType.EMAIL)
    assert plan(email, [], [], [], "cold brew")[0].question == "Why does cold brew matter?"


def test_every_other_heading_carries_the_keyphrase() -> None:
    assert heading_for(0, "prices", "cold brew") == "Cold Brew: Prices"
    assert heading_for(1, "prices", "cold brew") == "Prices"
    assert heading_for(0, "cold brew prices", "cold brew") == "Cold brew prices"
    assert heading_for(2, "a story: prices", "cold brew") == "A story: prices"
