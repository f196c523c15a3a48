"""The outline: sections, their headings, and the facts they carry."""

import pytest

from marketer_desktop.domain.brief import Brief, ContentType
from marketer_desktop.domain.outline import (
    MOST_SECTIONS,
    OutlineSection,
    SectionPlan,
    approved,
    fallback_questions,
    grouped,
    heading_for,
    objection,
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
        "Who buys it?",
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
    assert [section.heading for section in plans] == [
        "Cold Brew: What is at stake",
        "How to begin",
        "Cold Brew: What to look for",
    ]
    assert [section.question for section in plans] == fallback_questions("cold brew")[:3]
    email = Brief(topic="cold brew", words=100, type=ContentType.EMAIL)
    assert plan(email, [], [], [], "cold brew")[0].question == "What is at stake with cold brew?"


def test_every_other_heading_carries_the_keyphrase() -> None:
    assert heading_for(0, "prices", "cold brew") == "Cold Brew: Prices"
    assert heading_for(1, "prices", "cold brew") == "Prices"
    assert heading_for(0, "cold brew prices", "cold brew") == "Cold brew prices"
    assert heading_for(0, "The brew", "cold brew") == "Cold Brew"
    assert heading_for(2, "a story: prices", "cold brew") == "A story: prices"


BRIEF = Brief(topic="cold brew", words=450)
EDITED = [
    OutlineSection(heading="Prices", points=["Fact 2 40.", "Who pays?", "Is it fair?"], words=50),
    OutlineSection(heading="Roasting", points=[], words=100),
    OutlineSection(heading="Now", points=["  What   comes next? ", " "], words=50),
]


def test_a_section_is_shown_with_its_question_and_its_facts() -> None:
    (first, *_) = plan(BRIEF, [], FACTS, SOURCES, "cold brew")
    shown = first.shown()
    assert (shown.heading, shown.points) == ("Cold Brew: Prices", ["Fact 2 10.", "Fact 2 40."])
    (asked, *_) = plan(BRIEF, [], [], [], "cold brew")
    assert asked.shown().points == ["What is at stake with cold brew?"]
    same = SectionPlan(heading="Who buys it?", question="Who buys it?", words=90)
    assert same.shown().points == []


def test_an_approved_outline_keeps_what_was_edited_and_makes_up_the_length() -> None:
    proposed = plan(BRIEF, [], FACTS, SOURCES, "cold brew")
    plans = approved(BRIEF, EDITED, proposed, FACTS)
    assert [(p.heading, p.question, p.points) for p in plans] == [
        ("Prices", "Who pays?", ["Is it fair?"]),
        ("Roasting", "Roasting", []),
        ("Now", "What comes next?", []),
    ]
    assert [fact.text for fact in plans[0].facts] == ["Fact 2 40."]
    room = sum(section.words for section in proposed)
    assert abs(sum(section.words for section in plans) - room) <= len(plans)
    assert plans[1].words == 2 * plans[0].words


def test_spare_facts_stay_with_their_heading() -> None:
    many = make_facts(*((1, "Prices", place) for place in range(9)))
    proposed = plan(BRIEF, [], many, SOURCES, "cold brew")
    same = OutlineSection(heading=proposed[0].heading, points=[], words=100)
    kept, other, _ = approved(BRIEF, [same, *EDITED[1:]], proposed, many)
    assert (kept.spare, other.spare) == (proposed[0].spare, [])


@pytest.mark.parametrize(
    ("kind", "sections", "problem"),
    [
        (ContentType.BLOG, EDITED, ""),
        (ContentType.BLOG, EDITED[:2], "at least 3"),
        (ContentType.BLOG, EDITED * 9, "at most 24"),
        (ContentType.WEBPAGE, [*EDITED, OutlineSection(words=40)], "no heading"),
        (ContentType.BLOG, [*EDITED, OutlineSection(heading="PRICES", words=40)], "same heading"),
        (ContentType.EMAIL, EDITED[:1], ""),
        (ContentType.EMAIL, EDITED, "exactly one"),
    ],
)
def test_an_outline_that_no_piece_can_have_is_objected_to(
    kind: ContentType, sections: list[OutlineSection], problem: str
) -> None:
    found = objection(BRIEF.model_copy(update={"type": kind}), sections)
    assert (problem in found) if problem else not found
