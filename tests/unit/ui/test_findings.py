"""What the contract and the scorer say becomes one list: worst first, each matter once."""

import pytest

from marketer_desktop.domain.checks.check import Check
from marketer_desktop.domain.scoring.verdict import Position
from marketer_desktop.ui.widgets.scoring.findings import (
    READABILITY_BANDS,
    SEO_BANDS,
    findings,
    rating,
)
from tests.factories.reports import score_of, scored


def check(check_id: str, passed: bool, **values: object) -> Check:
    known = {"id": check_id, "hard": True, "passed": passed, "message": check_id, **values}
    return Check.model_validate(known)


def test_points_become_states() -> None:
    found = findings([], score_of([scored("a", 9), scored("b", 6), scored("c", 3), scored("d", 8)]))
    assert [(each.id, each.state) for each in found.scored] == [
        ("c", "bad"),
        ("b", "fair"),
        ("a", "good"),
        ("d", "good"),
    ]
    assert found.counts() == {"open": 2, "good": 2, "all": 4}
    assert found.to_improve == {"seo": 2}


def test_advice_of_the_contract_is_the_scorers_business() -> None:
    advice = check("keyphrase_in_title", False, hard=False)
    scores = [
        check("seo_score", False, group="seo"),
        check("introductionKeyword", False, group="seo"),
    ]
    found = findings([check("word_count", True), advice, *scores], None)
    assert [each.id for each in found.contract] == ["seo_score", "word_count"]
    assert [each.id for each in found.failing()] == ["seo_score"]


def test_one_matter_is_told_once_while_the_contract_complains() -> None:
    score = score_of([scored("metaDescriptionLength", 1), scored("images", 3)])
    failing = findings([check("description_length", False)], score)
    assert [each.id for each in failing.scored] == ["images"]
    assert failing.to_improve == {"seo": 2}
    passing = findings([check("description_length", True)], score)
    assert [each.id for each in passing.scored] == ["metaDescriptionLength", "images"]


def test_only_what_fails_is_fixed_and_shown() -> None:
    place = Position(start=3, end=6, text="tea")
    checks = [
        check("headings", False, positions=[place]),
        check("slug", True),
        check("variant_linkedin", False, group="variants", positions=[place]),
    ]
    found = findings(checks, score_of([scored("a", 9)]), lambda check_id: check_id != "headings")
    assert [(each.id, each.fixable, len(each.places)) for each in found.contract] == [
        ("headings", False, 1),
        ("variant_linkedin", True, 0),
        ("slug", False, 0),
    ]
    assert not found.scored[0].fixable


def test_words_that_follow_one_another_are_one_place() -> None:
    places = [
        Position(start=0, end=5, text="fresh"),
        Position(start=8, end=14, text="coffee"),
        Position(start=30, end=36, text="coffee"),
    ]
    one = scored("keyphraseDensity", 3).model_copy(update={"positions": places})
    found = findings([], score_of([one])).scored[0]
    assert [(place.start, place.end, place.text) for place in found.places] == [
        (0, 14, "fresh coffee"),
        (30, 36, "coffee"),
    ]


def test_other_groups_are_left_out() -> None:
    score = score_of([scored("a", 3), scored("b", 3, "b", "readability")])
    assert [each.id for each in findings([], score, groups=["readability"]).scored] == ["b"]


@pytest.mark.parametrize(
    ("value", "bands", "name", "tone"),
    [
        (71, SEO_BANDS, "good", "success"),
        (70, SEO_BANDS, "fair", "warning"),
        (41, SEO_BANDS, "fair", "warning"),
        (40, SEO_BANDS, "poor", "error"),
        (90, READABILITY_BANDS, "good", "success"),
        (60, READABILITY_BANDS, "fair", "warning"),
        (30, READABILITY_BANDS, "poor", "error"),
    ],
)
def test_totals_are_rated(value: int, bands: tuple[int, int], name: str, tone: str) -> None:
    rated = rating(value, bands)
    assert (rated.value, rated.name, rated.tone) == (value, name, tone)
