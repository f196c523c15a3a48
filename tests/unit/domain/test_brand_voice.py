"""The voice of a brand: short enough for a prompt, and strict about forbidden phrases."""

import pytest
from pydantic import ValidationError

from marketer_desktop.domain.brand_voice import NO_VOICE, BrandVoice
from marketer_desktop.domain.words import count_words


def test_an_empty_voice_says_and_forbids_nothing() -> None:
    assert NO_VOICE.line() == ""
    assert not NO_VOICE.forbids("Synergy for everybody.")


def test_the_line_names_all_four_parts() -> None:
    voice = BrandVoice(
        tone="warm and plain.",
        style="short sentences",
        preferred=["we brew"],
        forbidden=["synergy", "game changer"],
    )
    assert voice.line() == (
        "Voice: warm and plain. Style: short sentences. "
        "Never say “synergy”, “game changer”. Prefer “we brew”."
    )


def test_a_long_voice_is_cut_to_sixty_words_with_something_of_each_part() -> None:
    many = [f"phrase number {n}" for n in range(19)]
    voice = BrandVoice(
        tone="so " * 60, style="very " * 40, preferred=many, forbidden=["a " * 39, *many]
    )
    line = voice.line()
    assert 40 < count_words(line) <= 60
    for beginning in ("Voice: so", "Style: very", "Never say “phrase number 0”", "Prefer “phrase"):
        assert beginning in line


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [("Pure SYNERGY!", True), ("A game changer.", True), ("Synergies and changers.", False)],
)
def test_phrases_are_forbidden_as_whole_words(text: str, forbidden: bool) -> None:
    assert BrandVoice(forbidden=["synergy", "Game changer"]).forbids(text) is forbidden


def test_what_a_brief_asks_for_is_allowed() -> None:
    voice = BrandVoice(forbidden=["synergy", "cheap"]).allowing(["The synergy of tea and milk"])
    assert voice.forbidden == ["cheap"]


def test_phrases_are_kept_once_and_not_empty() -> None:
    assert BrandVoice(preferred=[" We  brew ", "we brew"]).preferred == ["We brew"]
    with pytest.raises(ValidationError):
        BrandVoice(forbidden=["  "])
    with pytest.raises(ValidationError):
        BrandVoice(forbidden=[f"p{n}" for n in range(21)])


def test_guidelines_share_the_line_with_the_other_parts() -> None:
    voice = BrandVoice(
        tone="so " * 60,
        style="very " * 40,
        guidelines="Avoid jargon, use active voice " * 20,
        preferred=["we brew"],
        forbidden=["synergy"],
    )
    line = voice.line()
    assert "Guidelines: Avoid jargon, use active voice" in line
    assert line.endswith("Never say “synergy”. Prefer “we brew”.")
    assert count_words(line) <= 60
