"""Which model is meant: `starter`, `ollama:NAME`, `agent:NAME`, or a cloud's: `openai:NAME` …"""

from dataclasses import dataclass
from typing import Literal, cast, get_args

STARTER_LABEL = "SmolLM2-135M-Instruct"

CloudProvider = Literal["openai", "anthropic", "mistral"]
Provider = Literal["starter", "ollama", "agent", "openai", "anthropic", "mistral"]
CLOUD: tuple[CloudProvider, ...] = get_args(CloudProvider)


class UnknownModel(ValueError):
    """A model name that no provider of ours understands."""


@dataclass(frozen=True)
class ModelChoice:
    """A provider and the model's name there."""

    provider: Provider
    name: str

    def __str__(self) -> str:
        return "starter" if self.provider == "starter" else f"{self.provider}:{self.name}"

    @property
    def is_small(self) -> bool:
        """Whether it is the built-in model, here or on somebody's desktop."""
        at_an_agent = self.provider == "agent" and self.name in ("starter", STARTER_LABEL)
        return self.provider == "starter" or at_an_agent

    @property
    def cloud(self) -> CloudProvider | None:
        """The company that the model runs at; None for a model of the user's own machines."""
        return self.provider if self.provider in CLOUD else None


STARTER = ModelChoice("starter", STARTER_LABEL)


def parse_choice(text: str) -> ModelChoice:
    """Read `starter` or `PROVIDER:NAME`; anything else raises `UnknownModel`."""
    if text == "starter":
        return STARTER
    provider, _, name = text.partition(":")
    if provider in ("ollama", "agent", *CLOUD) and name:
        return ModelChoice(cast(Provider, provider), name)
    raise UnknownModel(
        f"“{text}” is not a model. Use “starter” for the built-in model, “ollama:NAME” for a "
        "model of your Ollama, or “openai:NAME”, “anthropic:NAME”, “mistral:NAME” for one in the "
        "cloud; “marketer models list” shows what is there."
    )
