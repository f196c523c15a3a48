"""The chat models of OpenAI."""

from collections.abc import AsyncIterator
from typing import Any

from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGenerationChunk
from langchain_openai import ChatOpenAI
from langchain_openai.data._profiles import _PROFILES
from openai import DefaultAsyncHttpxClient
from pydantic import SecretStr

from marketer_desktop.llm.cloud_errors import whole
from marketer_desktop.llm.cloud_limits import CloudLimits

_SAMPLING = {"seed", "temperature"}  # models that think refuse them


class OpenAIChat(ChatOpenAI):
    """`ChatOpenAI` whose streams must end with a reason, and whose errors are `ModelError`s.

    Takes `max_tokens`, `seed`, `temperature` and `stop` for each call; a model that thinks gets
    room for that beside `max_tokens`, and its own temperature. Close it with `aclose` in the event
    loop that used it.
    """

    limits: CloudLimits

    async def offered(self) -> list[str]:
        """The models that the key may use."""
        return [model.id async for model in self.root_async_client.models.list()]

    async def aclose(self) -> None:
        """Close the connections."""
        await self.root_async_client.close()
        self.root_client.close()

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        if kwargs.get("max_tokens"):
            kwargs["max_tokens"] = self.limits.room(kwargs["max_tokens"])
        if self.limits.thinks:
            stop = None
            kwargs = {name: value for name, value in kwargs.items() if name not in _SAMPLING}
        async for chunk in whole(super()._astream(messages, stop, *args, **kwargs), "openai"):
            yield chunk


def limits(model: str) -> CloudLimits:
    """What is known of `model`; one that is not known is taken for one that thinks."""
    profile = _PROFILES.get(model) or {}
    thinks = bool(profile.get("reasoning_output", True))
    return CloudLimits.of(profile, thinks=thinks, low=bool(profile))


def open_chat(model: str, key: str, address: str, timeout: float) -> OpenAIChat:
    """The chat model at `address`; `timeout` is the longest silence in seconds."""
    known = limits(model)
    chat = OpenAIChat(
        model=model,
        api_key=SecretStr(key),
        # Said here, so that no variable of the environment sends a brief somewhere else.
        base_url=address,
        openai_proxy="",
        use_responses_api=False,
        streaming=True,
        stream_usage=True,
        stream_chunk_timeout=None,
        max_retries=0,
        reasoning_effort=known.effort,
        http_async_client=DefaultAsyncHttpxClient(timeout=timeout),
        limits=known,
    )
    for client in (chat.root_async_client, chat.root_client):
        client.organization = client.project = None
    return chat
