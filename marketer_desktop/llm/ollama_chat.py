"""A chat model on Ollama that does not take half an answer for a whole one."""

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

import httpx
from langchain_core.messages import BaseMessage
from langchain_ollama import ChatOllama

from marketer_desktop.llm.budget import fewest_tokens
from marketer_desktop.llm.errors import classify, cut_short, prompt_cut
from marketer_desktop.llm.ollama_host import certificates
from marketer_desktop.llm.ollama_wire import OllamaTransport
from marketer_desktop.llm.pulse import Pulse

CONNECT_SECONDS = 5.0
_OPTION_NAMES = {"max_tokens": "num_predict", "seed": "seed", "temperature": "temperature"}
# How an answer ends that is whole, or as long as was asked for; versions of old give no reason.
_REASONS = ("stop", "length", "", None)
COUNTED_APART = 2  # versions differ in whether they count the first and the last token
_COUNTS = ("prompt_eval_count", "eval_count")

_Part = Mapping[str, Any] | str


class OllamaChat(ChatOllama):
    """`ChatOllama` that raises `ModelError`s and takes per-call options like `ChatOpenAI`.

    `bind` or `invoke` with `max_tokens`, `seed`, `temperature` or `stop` changes only these;
    upstream, a call's `options` would replace all others and so lose the context length.
    Close it with `aclose` in the event loop that used it.
    """

    counts_whole_prompt: bool = True

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
        end = self._end(messages, stop, kwargs)
        try:
            async for part in super()._acreate_chat_stream(messages, stop, **kwargs):
                if end.takes(part):
                    yield part
        except Exception as error:
            if not end.reached:
                raise classify(error) from error
        if not end.reached:
            raise cut_short()

    def _create_chat_stream(
        self, messages: list[BaseMessage], stop: list[str] | None = None, **kwargs: Any
    ) -> Iterator[_Part]:
        end = self._end(messages, stop, kwargs)
        try:
            for part in super()._create_chat_stream(messages, stop, **kwargs):
                if end.takes(part):
                    yield part
        except Exception as error:
            if not end.reached:
                raise classify(error) from error
        if not end.reached:
            raise cut_short()

    def _end(
        self, messages: list[BaseMessage], stop: list[str] | None, kwargs: dict[str, Any]
    ) -> "_End":
        options = self._chat_params(messages, stop, **kwargs)["options"]
        least = sum(fewest_tokens(message.text) for message in messages)
        return _End(least if self.counts_whole_prompt else 0, options)


class _End:
    """Looks for the end of a stream; `reached` once the model has said its closing word."""

    def __init__(self, least: int, options: Mapping[str, Any]) -> None:
        self._least = least
        self._context = options.get("num_ctx")
        self._wanted = options.get("num_predict")
        self.reached = False

    def takes(self, part: Any) -> bool:
        """Whether `part` belongs to the answer; what comes after the closing word does not.

        An answer that only reports that the model was loaded or unloaded closes nothing: no text
        was written.
        """
        if self.reached:
            return False
        if part.get("done") is True and part.get("done_reason") in _REASONS:
            self._check(part)
            self.reached = True
        return True

    def _check(self, part: Any) -> None:
        """Refuse an answer to a part of the prompt, or one that the context has cut off.

        The counts that Ollama leaves out when they are zero, or knows not, are filled in.
        """
        read, written = (part.get(count) for count in _COUNTS)
        full = self._context is not None and (read or 0) + 1 >= self._context
        if full or (read and read < self._least):
            raise prompt_cut(f"it has read {read} tokens of at least {max(read, self._least)}")
        cut = part.get("done_reason") == "length"
        if cut and written and self._wanted and written + COUNTED_APART < self._wanted:
            raise cut_short()
        for count in _COUNTS:
            part[count] = max(0, part.get(count) or 0)


def open_ollama_chat(
    host: str,
    model: str,
    *,
    context_tokens: int,
    seed: int | None = None,
    temperature: float | None = None,
    max_tokens: int | None = None,
    timeout: float = 300.0,
    pulse: Pulse | None = None,
    counts_whole_prompt: bool = True,
) -> OllamaChat:
    """A chat model `model` at `host`; no call is made yet.

    `timeout` is the longest silence in seconds: of the server until the first token, which
    includes loading the model, reading the prompt and waiting for a slot; then between two
    tokens. Calls of all chat models with the same `pulse` know that the server is alive as long
    as one of them hears from it. A server that does not count what it had read for an earlier
    call does not count the whole prompt. Calls raise `ModelError`s.
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
        counts_whole_prompt=counts_whole_prompt,
        client_kwargs={
            "trust_env": False,
            "follow_redirects": False,
            "verify": certificates(),
        },
        sync_client_kwargs={"timeout": httpx.Timeout(timeout, connect=CONNECT_SECONDS)},
        async_client_kwargs={
            "transport": OllamaTransport(pulse or Pulse(), timeout),
            # The transport is patient by itself: a call that waits for its turn is not silent.
            "timeout": httpx.Timeout(None, connect=CONNECT_SECONDS),
        },
    )
