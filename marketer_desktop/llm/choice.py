"""Which model a user names: `starter`, or `ollama:NAME`."""

from dataclasses import dataclass
from typing import Literal

STARTER_LABEL = "SmolLM2-135M-Instruct"


class UnknownModel(ValueError):
    """A model name that no provider of ours understands."""


@dataclass(frozen=True)
class ModelChoice:
    """A provider and the model's name there."""

    provider: Literal["starter", "ollama"]
    name: str

    def __str__(self) -> str:
        return "starter" if self.provider == "starter" else f"ollama:{self.name}"


STARTER = ModelChoice("starter", STARTER_LABEL)


def parse_choice(text: str) -> ModelChoice:
    """Read `starter` or `ollama:NAME`; anything else raises `UnknownModel`."""
    if text == "starter":
        return STARTER
    provider, _, name = text.partition(":")
    if provider == "ollama" and name:
        return ModelChoice("ollama", name)
    raise UnknownModel(
        f"“{text}” is not a model. Use “starter” for the built-in model or “ollama:NAME” for a "
        "model of your Ollama; “marketer models list” shows what is there."
    )
