"""The token budget of a call."""

import pytest

from marketer_desktop.llm.budget import (
    TOKENS_PER_MESSAGE,
    PromptTooLong,
    check_budget,
    estimate_tokens,
    fewest_tokens,
)
from marketer_desktop.llm.errors import ModelError


def test_the_estimate_is_rounded_up() -> None:
    assert [estimate_tokens(text) for text in ("", "a", "abc", "abcd")] == [0, 1, 1, 2]


def test_a_prompt_that_just_fits_is_counted() -> None:
    prompt = 2 * TOKENS_PER_MESSAGE + 10 + 20
    assert check_budget(["x" * 30, "y" * 60], 100, prompt + 100) == prompt


def test_one_token_too_many_is_refused_with_the_numbers() -> None:
    with pytest.raises(PromptTooLong, match=r"about 18 tokens .* answer 100, .* holds 117"):
        check_budget(["x" * 30], 100, 117)
    assert issubclass(PromptTooLong, ModelError)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        (" \n" * 500, 0),
        ("=" * 500, 0),
        ("Cedar keeps its scent for years, and nobody has to paint it.", 12),
        ("Donaudampfschifffahrtsgesellschaft", 4),
        ("木の香りが何年も続きます", 1),
    ],
)
def test_the_lower_estimate_is_far_below_what_any_vocabulary_needs(
    text: str, expected: int
) -> None:
    assert fewest_tokens(text) == expected
    assert fewest_tokens(text) * 1.5 <= estimate_tokens(text)
