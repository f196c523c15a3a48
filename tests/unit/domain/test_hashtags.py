"""Hashtags that platforms take as one tag."""

import pytest

from marketer_desktop.domain.brief import Brief
from marketer_desktop.domain.hashtags import hashtag, hashtags


@pytest.mark.parametrize(
    ("phrase", "tag"),
    [
        ("cold brew", "#ColdBrew"),
        ("women’s day", "#WomensDay"),
        ("it's-here", "#ItsHere"),
        ("Öko-Strom 2.0", "#ÖkoStrom20"),
        ("iOS apps", "#IOSApps"),
    ],
)
def test_a_phrase_is_one_tag_of_letters_and_digits(phrase: str, tag: str) -> None:
    assert hashtag(phrase) == tag


def test_the_topic_fills_up_to_three_tags() -> None:
    brief = Brief(topic="how coffee tastes at the office", keywords=["Coffee"])
    assert hashtags(brief) == ["#Coffee", "#Tastes", "#Office"]


def test_at_most_five_keywords_are_tags() -> None:
    brief = Brief(topic="coffee", keywords=[f"word {n}" for n in range(9)])
    assert hashtags(brief) == [f"#Word{n}" for n in range(5)]


def test_a_short_topic_gives_what_it_has() -> None:
    assert hashtags(Brief(topic="tea at noon")) == ["#Noon", "#Tea"]


def test_readers_and_short_words_help_where_a_topic_has_too_few() -> None:
    brief = Brief(
        topic="From the roasting drum to the bag", keywords=["roasting"], audience="coffee drinkers"
    )
    assert hashtags(brief) == ["#Roasting", "#Drum", "#Coffee"]
