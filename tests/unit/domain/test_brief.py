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


@pytest.mark.parametrize("priority", ["low", "medium", "high"])
def test_every_keyword_is_required_and_the_first_belongs_into_headings(priority: str) -> None:
    asked = {"topic": "coffee", "keywords": ["cold brew", "grinder"], "seo_priority": priority}
    brief = Brief.model_validate(asked)
    assert (brief.required_keywords, brief.heading_keyphrase) == (asked["keywords"], "cold brew")
    email = brief.model_copy(update={"type": ContentType.EMAIL})
    assert email.heading_keyphrase == ""
    assert Brief(topic="coffee").heading_keyphrase == ""
