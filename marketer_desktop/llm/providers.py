"""The clouds whose models can be used: what each is called, needs, and which models it offers."""

from dataclasses import dataclass
from importlib.util import find_spec

from marketer_desktop.llm.choice import CLOUD, CloudProvider
from marketer_desktop.llm.errors import ModelError

EXTRA = "marketer-desktop[cloud]"


class ExtraMissing(ModelError):
    """The library that speaks to this cloud is not installed."""


@dataclass(frozen=True)
class CloudInfo:
    """A cloud; `variable` may hold its key where there is no keyring, `suggested` are models."""

    provider: CloudProvider
    title: str
    variable: str
    address: str
    module: str
    suggested: tuple[str, ...]

    @property
    def installed(self) -> bool:
        """Whether the library that speaks to it is there."""
        return find_spec(self.module) is not None

    def require(self) -> None:
        """Raise `ExtraMissing` if its library is not there."""
        if not self.installed:
            raise ExtraMissing(
                f"Models of {self.title} need a part that is not installed. Install it with "
                f"“pip install '{EXTRA}'”, then start the program again."
            )


INFO: dict[CloudProvider, CloudInfo] = {
    "openai": CloudInfo(
        "openai",
        "OpenAI",
        "OPENAI_API_KEY",
        "https://api.openai.com/v1",
        "langchain_openai",
        ("gpt-6.1-terra", "gpt-6-luna", "gpt-6.1-sol"),
    ),
    "anthropic": CloudInfo(
        "anthropic",
        "Anthropic",
        "ANTHROPIC_API_KEY",
        "https://api.anthropic.com",
        "langchain_anthropic",
        ("claude-sonnet-5-5", "claude-haiku-5-5", "claude-opus-5-5"),
    ),
    "mistral": CloudInfo(
        "mistral",
        "Mistral",
        "MISTRAL_API_KEY",
        "https://api.mistral.ai/v1",
        "langchain_mistralai",
        ("mistral-medium-latest", "mistral-small-latest", "mistral-large-latest"),
    ),
}
assert tuple(INFO) == CLOUD


def addresses() -> dict[CloudProvider, str]:
    """Where the clouds are."""
    return {provider: info.address for provider, info in INFO.items()}
