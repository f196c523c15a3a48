"""The suggested models of clouds, what is known of them, and what they cost."""

from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest

from marketer_desktop.llm import cloud_anthropic, cloud_mistral, cloud_openai, providers
from marketer_desktop.llm.choice import CLOUD, CloudProvider, ModelChoice
from marketer_desktop.llm.cloud import open_cloud_chat
from marketer_desktop.llm.cloud_limits import CONTEXT_TOKENS, THINKING_TOKENS
from marketer_desktop.llm.prices import PRICES, cost
from marketer_desktop.llm.providers import INFO, ExtraMissing


def profiles(provider: CloudProvider) -> dict[str, Any]:
    found: dict[str, Any] = import_module(f"{INFO[provider].module}.data._profiles")._PROFILES
    return found


@pytest.mark.parametrize("provider", CLOUD)
def test_suggested_models_are_known_to_the_library_and_write_texts(provider: CloudProvider) -> None:
    for name in INFO[provider].suggested:
        profile = profiles(provider)[name]
        assert profile["text_outputs"] and profile.get("status") != "deprecated", name
        assert profile["max_input_tokens"] >= CONTEXT_TOKENS


def test_prices_are_those_of_suggested_models_and_rise_with_the_output() -> None:
    for (provider, name), price in PRICES.items():
        assert name in INFO[provider].suggested  # type: ignore[index]
        assert 0 < price.tokens_in < price.tokens_out


def test_a_run_costs_by_its_tokens_and_nothing_on_this_machine() -> None:
    assert cost("openai", "gpt-6.1-terra", 30_000, 4_000) == Decimal("0.05")
    assert cost("anthropic", "claude-haiku-5-5", 1_000_000, 0) == Decimal("0.10")
    assert cost("ollama", "llama3.2:3b", 30_000, 4_000) == cost("openai", "new", 9, 9) == 0


def test_models_that_think_get_room_for_it() -> None:
    assert cloud_openai.limits("gpt-6.1-terra").room(100) == 100 + THINKING_TOKENS
    assert cloud_openai.limits("gpt-4.1").room(100) == 100
    assert cloud_anthropic.limits("claude-sonnet-5-5").effort == "low"
    assert not cloud_anthropic.limits("claude-haiku-4-5").thinks
    assert cloud_mistral.limits("magistral-medium-latest").thinks
    assert not cloud_mistral.limits("mistral-small-latest").thinks


def test_a_model_that_nobody_knows_is_treated_with_care() -> None:
    for limits in (cloud_openai.limits("gpt-99"), cloud_anthropic.limits("claude-99")):
        assert limits.thinks and limits.effort is None
        assert limits.context_tokens == CONTEXT_TOKENS
    assert cloud_openai.limits("gpt-4").context_tokens == 8192


def test_without_the_extra_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(providers, "find_spec", lambda name: None)
    with pytest.raises(ExtraMissing, match=r"Mistral.*pip install 'marketer-desktop\[cloud\]'"):
        open_cloud_chat(ModelChoice("mistral", "x"), "key", "http://127.0.0.1:9")
