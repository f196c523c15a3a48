"""What a user may name as a model."""

import pytest

from marketer_desktop.llm.choice import STARTER, ModelChoice, UnknownModel, parse_choice


def test_names_are_read_and_said_the_same() -> None:
    assert parse_choice("starter") == STARTER
    assert parse_choice("ollama:llama3.2:1b") == ModelChoice("ollama", "llama3.2:1b")
    assert parse_choice("openai:ft:gpt-4.1:acme") == ModelChoice("openai", "ft:gpt-4.1:acme")
    for name in ("starter", "ollama:llama3.2:1b", "ollama:hf.co/org/model:Q4", "mistral:open-7b"):
        assert str(parse_choice(name)) == name


def test_a_choice_knows_whether_it_leaves_the_machine() -> None:
    here = [parse_choice(name).cloud for name in ("starter", "ollama:openai:x")]
    assert here == [None, None]
    for provider in ("openai", "anthropic", "mistral"):
        assert parse_choice(f"{provider}:x").cloud == provider


@pytest.mark.parametrize(
    "name", ["", "ollama:", "ollama", "gpt-4", "openai:", "Openai:x", "azure:gpt-4", "Starter"]
)
def test_other_names_are_refused_with_what_would_work(name: str) -> None:
    with pytest.raises(UnknownModel, match="marketer models list") as refused:
        parse_choice(name)
    assert f"“{name}”" in str(refused.value)
