"""What a brief accepts."""

import pytest
from pydantic import ValidationError

from marketer_desktop.domain.brief import DEFAULT_WORDS, Brief, ContentType


def test_spaces_are_tidied() -> None:
    brief = Brief(topic="  cold \n brew ", keywords=[" iced  coffee ", "", "Iced Coffee", "tea"])
    assert brief.topic == "cold brew"
    assert [keyword.casefold() for keyword in brief.keywords] == ["iced coffee", "tea"]


@pytest.mark.parametrize("topic", ["", "ab", "     ", "a \n b"[:2], "x" * 256])
def test_a_topic_has_3_to_255_characters_besides_spaces(topic: str) -> None:
    with pytest.raises(ValidationError, match="topic"):
        Brief(topic=topic)
    assert Brief(topic="x" * 255 + "  ").topic == "x" * 255


@pytest.mark.parametrize("words", [29, 5001])
def test_lengths_have_limits(words: int) -> None:
    with pytest.raises(ValidationError, match="words"):
        Brief(topic="coffee", words=words)


def test_every_type_has_a_default_length_that_is_allowed() -> None:
    assert set(DEFAULT_WORDS) == set(ContentType)
    for content_type, words in DEFAULT_WORDS.items():
        assert Brief(type=content_type, topic="coffee", words=words).words == words


def test_the_priority_decides_which_keywords_are_required() -> None:
    asked = {"topic": "coffee", "keywords": ["cold brew", "grinder"]}
    low, medium, high = (
        Brief.model_validate({**asked, "seo_priority": each}) for each in ("low", "medium", "high")
    )
    assert (low.required_keywords, low.heading_keyphrase) == (["cold brew"], "")
    assert (medium.required_keywords, medium.heading_keyphrase) == (["cold brew", "grinder"], "")
    assert (high.required_keywords, high.heading_keyphrase) == (
        ["cold brew", "grinder"],
        "cold brew",
    )
    email = high.model_copy(update={"type": ContentType.EMAIL})
    assert email.heading_keyphrase == ""
    assert Brief(topic="coffee", seo_priority="high").heading_keyphrase == ""
