"""The one place that turns a choice of model into a chat model ready to be called."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from langchain_core.language_models import BaseChatModel

from marketer_desktop.llm.choice import STARTER, ModelChoice
from marketer_desktop.llm.errors import ModelNotFound, ModelUnavailable
from marketer_desktop.llm.ollama_host import OllamaState, context_length, detect
from marketer_desktop.llm.starter import SLOT_TOKENS, StarterServer

# Enough for every prompt of ours; a longer context costs memory on the user's machine.
OLLAMA_CONTEXT = 8192
MOST_CALLS = 5  # in flight at once in one workflow (specification, section 11.3)


@dataclass(frozen=True)
class OpenModel:
    """A chat model with what a caller has to respect: its context and calls in flight.

    `chat.bind(max_tokens=…, seed=…, temperature=…, stop=…)` works for every provider.
    `recover(began)` is asked after a call that began at that time (`time.monotonic`) and failed:
    True if the server had died and runs again. `aclose()` closes the connections.
    """

    chat: BaseChatModel
    choice: ModelChoice
    context_tokens: int
    parallel: int
    recover: Callable[[float], Awaitable[bool]]
    aclose: Callable[[], Awaitable[None]]


class ModelFactory:
    """Opens models; owns the built-in server and knows where Ollama is."""

    def __init__(self, starter: StarterServer, ollama_host: str) -> None:
        self.starter = starter
        self.ollama_host = ollama_host

    async def ollama(self) -> OllamaState:
        """What Ollama says of itself now."""
        return await detect(self.ollama_host)

    async def default_choice(self) -> ModelChoice:
        """A model of Ollama when there is one, else the built-in starter."""
        models = (await self.ollama()).models
        return ModelChoice("ollama", models[0].name) if models else STARTER

    async def open(self, choice: ModelChoice) -> OpenModel:
        """A model ready for calls; raises `ModelUnavailable` or `ModelNotFound`."""
        return await (self._starter() if choice == STARTER else self._ollama(choice))

    async def _starter(self) -> OpenModel:
        # Imported here: the client library takes seconds that other commands do not need.
        from marketer_desktop.llm.starter_chat import open_starter_chat  # noqa: PLC0415

        await self.starter.start()
        assert self.starter.layout is not None
        chat = open_starter_chat(self.starter.address, self.starter.key)
        slots = self.starter.layout.slots
        return OpenModel(chat, STARTER, SLOT_TOKENS, slots, self.starter.revive, chat.aclose)

    async def _ollama(self, choice: ModelChoice) -> OpenModel:
        from marketer_desktop.llm.ollama_chat import open_ollama_chat  # noqa: PLC0415 - as above

        state = await self.ollama()
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
        chat = open_ollama_chat(self.ollama_host, choice.name, context_tokens=context)
        return OpenModel(chat, choice, context, MOST_CALLS, _not_ours, chat.aclose)


async def _not_ours(began: float) -> bool:
    """We did not start this server, so we do not start it again."""
    return False


def _spellings(name: str) -> set[str]:
    return {name, name.removesuffix(":latest")}
