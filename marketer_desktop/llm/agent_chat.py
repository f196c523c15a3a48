"""A chat model on somebody's desktop, asked through whatever carries requests to agents there."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import aclosing
from typing import Any, NamedTuple

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

_ROLES = {"system": "system", "human": "user", "ai": "assistant"}
# As Ollama names them, which most agents hand the request to.
OPTION_NAMES = {
    "max_tokens": "num_predict",
    "seed": "seed",
    "temperature": "temperature",
    "stop": "stop",
}


class Spent(NamedTuple):
    """The end of an answer, and the tokens that it took."""

    prompt_tokens: int
    completion_tokens: int


# Gives an answer in pieces and then what it took; raises `ModelError`s.
AskAgent = Callable[[dict[str, Any]], AsyncGenerator[str | Spent, None]]


class AgentChat(BaseChatModel):
    """Takes `max_tokens`, `seed`, `temperature`, `stop` and a JSON `response_format` by call."""

    model: str
    context_tokens: int
    _ask: AskAgent = PrivateAttr()

    @property
    def _llm_type(self) -> str:
        return "agent"

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        request = self._request(messages, {**kwargs, "stop": stop})
        async with aclosing(self._ask(request)) as answer:
            async for part in answer:
                said = (
                    AIMessageChunk(content=part)
                    if isinstance(part, str)
                    else _closing_word(part, kwargs.get("max_tokens"))
                )
                yield ChatGenerationChunk(message=said)

    def _request(self, messages: list[BaseMessage], named: dict[str, Any]) -> dict[str, Any]:
        shape = (named.get("response_format") or {}).get("json_schema", {}).get("schema")
        options = {
            option: named[name]
            for name, option in OPTION_NAMES.items()
            if named.get(name) is not None
        }
        return {
            "model": self.model,
            "messages": [
                {"role": _ROLES[message.type], "content": message.text} for message in messages
            ],
            "options": {"num_ctx": self.context_tokens, **options},
            "format": shape,
            "stream": True,
        }

    def _stream(self, *args: Any, **kwargs: Any) -> Iterator[ChatGenerationChunk]:
        raise NotImplementedError("Agents are asked in the event loop.")

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        raise NotImplementedError("Agents are asked in the event loop.")


def _closing_word(spent: Spent, most: int | None) -> AIMessageChunk:
    cut = most is not None and spent.completion_tokens >= most
    usage = UsageMetadata(
        input_tokens=spent.prompt_tokens,
        output_tokens=spent.completion_tokens,
        total_tokens=sum(spent),
    )
    about = {"done_reason": "length" if cut else "stop"}
    return AIMessageChunk(content="", usage_metadata=usage, response_metadata=about)


def open_agent_chat(model: str, context_tokens: int, ask: AskAgent) -> AgentChat:
    """The chat model `model` on the desktops that `ask` reaches."""
    chat = AgentChat(model=model, context_tokens=context_tokens)
    chat._ask = ask
    return chat
