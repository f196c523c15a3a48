"""A chat model on Ollama that does not take half an answer for a whole one."""

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

import httpx
from langchain_core.messages import BaseMessage
from langchain_ollama import ChatOllama

from marketer_desktop.llm.errors import classify, cut_short

CONNECT_SECONDS = 5.0
_OPTION_NAMES = {"max_tokens": "num_predict", "seed": "seed", "temperature": "temperature"}

_Part = Mapping[str, Any] | str


class OllamaChat(ChatOllama):
    """`ChatOllama` that raises `ModelError`s and takes per-call options like `ChatOpenAI`.

    `bind` or `invoke` with `max_tokens`, `seed`, `temperature` or `stop` changes only these;
    upstream, a call's `options` would replace all others and so lose the context length.
    Close it with `aclose` in the event loop that used it.
    """

    async def aclose(self) -> None:
        """Close the connections to the server."""
        await self._async_client.close()  # type: ignore[no-untyped-call]
        self._client.close()  # type: ignore[no-untyped-call]

    def _chat_params(
        self, messages: list[BaseMessage], stop: list[str] | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        named = {
            option: kwargs.pop(name)
            for name, option in _OPTION_NAMES.items()
            if kwargs.get(name) is not None
        }
        for name in _OPTION_NAMES:
            kwargs.pop(name, None)
        given = kwargs.pop("options", None) or {}
        params = super()._chat_params(messages, stop, **kwargs)
        params["options"] = {**params["options"], **given, **named}
        return params

    async def _acreate_chat_stream(
        self, messages: list[BaseMessage], stop: list[str] | None = None, **kwargs: Any
    ) -> AsyncIterator[_Part]:
        finished = False
        try:
            async for part in super()._acreate_chat_stream(messages, stop, **kwargs):
                finished = _complete(part)
                yield part
        except Exception as error:
            raise classify(error) from error
        if not finished:
            raise cut_short()

    def _create_chat_stream(
        self, messages: list[BaseMessage], stop: list[str] | None = None, **kwargs: Any
    ) -> Iterator[_Part]:
        finished = False
        try:
            for part in super()._create_chat_stream(messages, stop, **kwargs):
                finished = _complete(part)
                yield part
        except Exception as error:
            raise classify(error) from error
        if not finished:
            raise cut_short()


def _complete(part: Any) -> bool:
    """Whether `part` closes a stream; fills in the counts that Ollama leaves out when zero.

    An answer that only reports that the model was loaded closes nothing: no text was written.
    """
    if part.get("done") is not True or part.get("done_reason") == "load":
        return False
    for count in ("prompt_eval_count", "eval_count"):
        part[count] = part.get(count) or 0
    return True


def open_ollama_chat(
    host: str,
    model: str,
    *,
    context_tokens: int,
    seed: int | None = None,
    temperature: float | None = None,
    max_tokens: int | None = None,
    timeout: float = 300.0,
) -> OllamaChat:
    """A chat model `model` at `host`; no call is made yet.

    `timeout` is the longest silence in seconds: until the first token (which includes loading
    the model and reading the prompt), and between two tokens. Calls raise `ModelError`s.
    `response_metadata["done_reason"]` is `length` where `max_tokens` ended the text.
    """
    return OllamaChat(
        model=model,
        base_url=host,
        num_ctx=context_tokens,
        num_predict=max_tokens,
        seed=seed,
        temperature=temperature,
        # Reasoning would spend the tokens that were set aside for the text.
        reasoning=False,
        client_kwargs={
            "trust_env": False,
            "timeout": httpx.Timeout(timeout, connect=CONNECT_SECONDS),
        },
    )
