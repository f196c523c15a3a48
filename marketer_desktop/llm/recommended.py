"""Models of Ollama's library that suit this work, by the memory they need."""

from dataclasses import dataclass

GB = 1_000_000_000
# Machines report somewhat less than their name: part of it belongs to graphics and firmware.
SHARE_REPORTED = 0.85
MOST = 4


@dataclass(frozen=True)
class RecommendedModel:
    """A model with the size of its download and the machine's memory that it asks for, in GB."""

    name: str
    download_gb: float
    memory_gb: int
    about: str


# From the smallest to the best. Models that think aloud first are left out: they are slow here.
RECOMMENDED = (
    RecommendedModel("gemma3:1b", 0.8, 4, "Small and quick. Good for posts and e-mails."),
    RecommendedModel("llama3.2:3b", 2.0, 8, "Quick on most machines. Writes plain English."),
    RecommendedModel("qwen3:4b-instruct", 2.5, 8, "Follows a brief closely, in many languages."),
    RecommendedModel("gemma3:4b", 3.3, 8, "Writes the most natural prose of this size."),
    RecommendedModel("qwen3:8b", 5.2, 16, "The best articles; slow without a graphics card."),
)


def recommended(memory: int) -> list[RecommendedModel]:
    """The models that a machine with `memory` bytes can hold, the best first; at least one."""
    fitting = [model for model in RECOMMENDED if memory >= model.memory_gb * GB * SHARE_REPORTED]
    return list(reversed(fitting or RECOMMENDED[:1]))[:MOST]
