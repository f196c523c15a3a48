"""The one place that turns a choice of model into a chat model ready to be called."""

import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketer_desktop.llm.choice import STARTER, CloudProvider, ModelChoice
from marketer_desktop.llm.cloud_keys import CloudKeys
from marketer_desktop.llm.errors import ModelNotFound, ModelRefused, ModelUnavailable
from marketer_desktop.llm.ollama_host import OllamaState, context_length, detect, slots
from marketer_desktop.llm.ollama_safety import COUNTS_WHOLE_PROMPT, older
from marketer_desktop.llm.places import Places
from marketer_desktop.llm.providers import INFO, addresses
from marketer_desktop.llm.pulse import Pulse
from marketer_desktop.llm.starter import SLOT_TOKENS, StarterServer
from marketer_desktop.system.loading import LOADING

if TYPE_CHECKING:  # heavy, off the start path
    from langchain_core.language_models import BaseChatModel

# Enough for every prompt of ours; a longer context costs memory on the user's machine.
OLLAMA_CONTEXT = 8192
# For a run, which is lost without an answer: a busy machine takes a while.
OLLAMA_PATIENCE = 10.0
MOST_CALLS = 5  # in flight at once in one workflow (specification, section 11.3)


@dataclass(frozen=True)
class OpenModel:
    """A chat model with what a caller has to respect: its context and calls in flight.

    `chat.bind(max_tokens=…, seed=…, temperature=…, stop=…)` works for every provider.
    `recover(began)` is asked after a call that began at that time (`time.monotonic`) and failed:
    True if the server had died and runs again. `aclose()` closes the connections. `waits()` is
    whether all of its calls wait for somebody else's to end, beyond our own places.
    """

    chat: "BaseChatModel"
    choice: ModelChoice
    context_tokens: int
    parallel: int
    recover: Callable[[float], Awaitable[bool]]
    aclose: Callable[[], Awaitable[None]]
    waits: Callable[[], bool] = lambda: False


class ModelFactory:
    """Opens models; owns the built-in server and knows where Ollama and the clouds are."""

    def __init__(
        self, starter: StarterServer, ollama_host: str, keys: CloudKeys | None = None
    ) -> None:
        self.starter = starter
        self.ollama_host = ollama_host
        self.keys = keys or CloudKeys(list, {})
        self.cloud_addresses = addresses()
        self._places: dict[str, Places] = {}
        self._pulse = Pulse()  # of Ollama

    def places(self, model: OpenModel) -> Places:
        """The places at the server of `model`: the same for everybody who calls it."""
        if model.choice.provider == "agent":  # the hub shares out those of desktops
            return Places(model.parallel)
        return self._places.setdefault(model.choice.provider, Places(model.parallel))

    async def ollama(self) -> OllamaState:
        """What Ollama says of itself now."""
        return await detect(self.ollama_host)

    async def default_choice(self) -> ModelChoice:
        """A model of Ollama when there is one, else the built-in starter; never one of a cloud."""
        models = (await self.ollama()).models
        return ModelChoice("ollama", models[0].name) if models else STARTER

    async def parallel(self, choice: ModelChoice) -> int:
        """How many calls a model of this machine takes at once; measured, the first time."""
        if choice != STARTER:
            return slots(os.environ, MOST_CALLS)
        if self.starter.layout is None:
            await self.starter.start()
        assert self.starter.layout is not None
        return self.starter.layout.slots

    async def open(self, choice: ModelChoice) -> OpenModel:
        """A model ready for calls; raises a `ModelError` that says what is missing."""
        if choice.cloud is not None:
            return await self.open_cloud(choice)
        return await (self._starter() if choice == STARTER else self._ollama(choice))

    async def _starter(self) -> OpenModel:
        # Imported here: the client library takes seconds that other commands do not need.
        with LOADING:
            from marketer_desktop.llm.starter_chat import open_starter_chat  # noqa: PLC0415

        await self.starter.start()
        assert self.starter.layout is not None
        chat = open_starter_chat(self.starter)
        places = self.starter.layout.slots
        return OpenModel(chat, STARTER, SLOT_TOKENS, places, self.starter.revive, chat.aclose)

    async def _ollama(self, choice: ModelChoice) -> OpenModel:
        with LOADING:
            from marketer_desktop.llm.ollama_chat import open_ollama_chat  # noqa: PLC0415 - as above

        state = await detect(self.ollama_host, OLLAMA_PATIENCE)
        if not state.running:
            raise ModelUnavailable(
                f"Ollama does not answer at {self.ollama_host}. Start it (“ollama serve”), or use "
                "“--model starter”."
            )
        if choice.name not in {name for model in state.models for name in _spellings(model.name)}:
            raise ModelNotFound(
                f"Ollama has no model “{choice.name}”. Get it with “ollama pull {choice.name}”; "
                "“marketer models list” shows what is there."
            )
        context = min(OLLAMA_CONTEXT, await context_length(self.ollama_host, choice.name))
        chat = open_ollama_chat(
            self.ollama_host,
            choice.name,
            context_tokens=context,
            pulse=self._pulse,
            counts_whole_prompt=not older(state.version, COUNTS_WHOLE_PROMPT),
        )
        parallel = slots(os.environ, MOST_CALLS)
        return OpenModel(chat, choice, context, parallel, not_ours, chat.aclose)

    async def open_cloud(self, choice: ModelChoice, key: str | None = None) -> OpenModel:
        """A model of a cloud with this `key`, else with that of the installation.

        Raises a `ModelError`.
        """
        with LOADING:
            from marketer_desktop.llm.cloud import open_cloud_chat  # noqa: PLC0415 - as above

        assert choice.cloud is not None
        INFO[choice.cloud].require()
        key = key or await self._key(choice.cloud)
        chat, cloud = open_cloud_chat(choice, key, self.cloud_addresses[choice.cloud])
        context = cloud.limits.context_tokens
        return OpenModel(chat, choice, context, MOST_CALLS, not_ours, cloud.aclose)

    async def offered(self, provider: CloudProvider) -> list[str]:
        """The models that the key for a cloud may use, asked of it; raises a `ModelError`."""
        with LOADING:
            from marketer_desktop.llm.cloud import models_of  # noqa: PLC0415 - as above

        key = await self._key(provider)
        return await models_of(provider, key, self.cloud_addresses[provider])

    async def _key(self, provider: CloudProvider) -> str:
        info = INFO[provider]
        info.require()
        key = await self.keys.find(provider)
        if key is None:
            raise ModelRefused(
                f"There is no key for {info.title}. Give one in Settings, Models, or with "
                f"“marketer models key {provider}”; or choose another model."
            )
        return key.value


async def not_ours(began: float) -> bool:
    """We did not start this server, so we do not start it again."""
    return False


def _spellings(name: str) -> set[str]:
    return {name, name.removesuffix(":latest")}
