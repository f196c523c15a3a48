"""Models in the cloud: opened, and asked which of them a key may use."""

from contextlib import aclosing
from importlib import import_module
from typing import Protocol, cast

from langchain_core.language_models import BaseChatModel

from marketer_desktop.llm.choice import CloudProvider, ModelChoice
from marketer_desktop.llm.cloud_errors import failure
from marketer_desktop.llm.cloud_limits import CloudLimits
from marketer_desktop.llm.providers import INFO

SILENCE_SECONDS = 120.0
CHECK_SECONDS = 20.0


class CloudChat(Protocol):
    """What the chat models of all clouds share beside being chat models."""

    limits: CloudLimits

    async def offered(self) -> list[str]:
        """The models that the key may use."""

    async def aclose(self) -> None:
        """Close the connections."""


def open_cloud_chat(
    choice: ModelChoice, key: str, address: str, timeout: float = SILENCE_SECONDS
) -> tuple[BaseChatModel, CloudChat]:
    """The chat model, as such and as one of a cloud; no call is made yet.

    Raises `ExtraMissing`. Unlike those of local servers its calls use the system's proxy.
    """
    assert choice.cloud is not None
    INFO[choice.cloud].require()
    # Imported by name: each library takes a second, and the extra may be missing.
    module = import_module(f"marketer_desktop.llm.cloud_{choice.cloud}")
    chat = module.open_chat(choice.name, key, address, timeout)
    return cast(BaseChatModel, chat), cast(CloudChat, chat)


async def models_of(provider: CloudProvider, key: str, address: str) -> list[str]:
    """The models that `key` may use, asked of the cloud; no text is sent.

    Raises a `ModelError`, which for a key that is not accepted is a `ModelRefused`.
    """
    choice = ModelChoice(provider, INFO[provider].suggested[0])
    chat = open_cloud_chat(choice, key, address, CHECK_SECONDS)[1]
    try:
        async with aclosing(chat):
            return sorted(set(await chat.offered()))
    except Exception as error:
        raise failure(provider, error) from None
