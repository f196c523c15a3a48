"""The chat model on the built-in server: llama.cpp's own stream on loopback, past every proxy."""

import json
import ssl
from collections.abc import AsyncIterator
from typing import Any

import httpx
from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.chat_models import agenerate_from_stream
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

from marketer_desktop.llm.errors import classify, cut_short, refused, words_in
from marketer_desktop.llm.starter import StarterServer

# Against the loops that a tiny model falls into; chosen by reading a few answers.
SAMPLING = {"repeat_penalty": 1.08, "min_p": 0.05, "cache_prompt": True}
PATH = "/v1/chat/completions"
_ROLES = {"system": "system", "human": "user", "ai": "assistant"}
_EVENT = b"data: {"


class StarterChat(BaseChatModel):
    """Takes what llama.cpp knows by call, such as `max_tokens`, `seed`, `temperature`.

    Its streams must end with a reason, and its errors are `ModelError`s. A stream starts the
    server if it does not run. Close it with `aclose` in the event loop that used it.

    It reads the stream by itself: what OpenAI's client makes of each token takes as long as all
    else that is done with it here, on the cores that decode the next one.
    """

    _server: StarterServer = PrivateAttr()
    _client: httpx.AsyncClient = PrivateAttr()

    @property
    def _llm_type(self) -> str:
        return "starter"

    async def aclose(self) -> None:
        """Close the connections to the server."""
        await self._client.aclose()

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **options: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        finished = False
        await self._server.start()
        with self._server.calls.one() as call:
            try:
                async for event in self._events(messages, {**options, "stop": stop or []}):
                    call.heard()
                    chunk = _chunk(event)
                    finished = finished or bool(chunk.generation_info)
                    yield chunk
            except Exception as error:
                raise classify(error) from error
        if not finished:
            raise cut_short()

    async def _events(
        self, messages: list[BaseMessage], options: dict[str, Any]
    ) -> AsyncIterator[dict[str, Any]]:
        """What the server sends, one event for each token."""
        body = {
            "messages": [{"role": _ROLES[m.type], "content": m.text} for m in messages],
            "stream": True,
            "stream_options": {"include_usage": True},
            **options,
            **SAMPLING,
        }
        address, rest = f"{self._server.address}{PATH}", b""
        async with self._client.stream("POST", address, json=body) as answer:
            if answer.is_error:
                words = words_in(await answer.aread())
                raise refused(answer.status_code, words, answer.headers)
            async for piece in answer.aiter_raw():
                *lines, rest = (rest + piece).split(b"\n")
                for line in lines:
                    if line.startswith(_EVENT):
                        yield json.loads(line.removeprefix(b"data: "))

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **options: Any,
    ) -> ChatResult:
        return await agenerate_from_stream(self._astream(messages, stop, **options))

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **options: Any,
    ) -> ChatResult:
        raise NotImplementedError("The built-in model is asked in the event loop.")


def _chunk(event: dict[str, Any]) -> ChatGenerationChunk:
    """A piece of text, the reason for its end, or at last the tokens it took."""
    if error := event.get("error"):
        raise refused(error["code"], error["message"], {})
    if usage := event.get("usage"):
        return ChatGenerationChunk(message=AIMessageChunk(content="", usage_metadata=_usage(usage)))
    (choice,) = event["choices"]
    text, reason = choice["delta"].get("content") or "", choice["finish_reason"]
    return ChatGenerationChunk(
        message=AIMessageChunk(content=text),
        generation_info={"finish_reason": reason} if reason else None,
    )


def _usage(told: dict[str, Any]) -> UsageMetadata:
    read, written = told["prompt_tokens"], told["completion_tokens"]
    return UsageMetadata(input_tokens=read, output_tokens=written, total_tokens=read + written)


def open_starter_chat(server: StarterServer, timeout: float = 120.0) -> StarterChat:
    """The chat model on `server`, which has been started once.

    `timeout` is the longest silence in seconds.
    """
    chat = StarterChat()
    chat._server = server
    chat._client = httpx.AsyncClient(
        # The server closes idle connections after five seconds: a call that met such a one
        # would fail without having been made.
        headers={"Authorization": f"Bearer {server.key}", "Connection": "close"},
        timeout=timeout,
        trust_env=False,
        # The server speaks without TLS: to load whom to trust would take 20 ms a client.
        verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
    )
    return chat
