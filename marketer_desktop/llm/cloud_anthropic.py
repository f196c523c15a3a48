"""The chat models of Anthropic."""

from collections.abc import AsyncIterator
from functools import cached_property
from typing import Any

from anthropic import AsyncAnthropic, DefaultAsyncHttpxClient
from langchain_anthropic import ChatAnthropic
from langchain_anthropic.data._profiles import _PROFILES
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGenerationChunk
from pydantic import SecretStr

from marketer_desktop.llm.cloud_errors import whole
from marketer_desktop.llm.cloud_limits import CloudLimits


class AnthropicChat(ChatAnthropic):
    """`ChatAnthropic` whose streams must end with a reason, and whose errors are `ModelError`s.

    Takes `max_tokens`, `seed`, `temperature` and `stop` for each call; a model that thinks gets
    room for that beside `max_tokens`, and its own temperature; none knows a seed. Close it with
    `aclose` in the event loop that used it.
    """

    limits: CloudLimits

    @cached_property
    def _async_client(self) -> AsyncAnthropic:
        # Upstream shares one client per address for ever: closing it would end other runs' calls.
        timeout = self.default_request_timeout
        return AsyncAnthropic(
            **self._client_params, http_client=DefaultAsyncHttpxClient(timeout=timeout)
        )

    async def offered(self) -> list[str]:
        """The models that the key may use."""
        return [model.id async for model in self._async_client.models.list(limit=1000)]

    async def aclose(self) -> None:
        """Close the connections."""
        await self._async_client.close()

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        kwargs.pop("seed", None)
        if kwargs.get("max_tokens"):
            kwargs["max_tokens"] = self.limits.room(kwargs["max_tokens"])
        if self.limits.thinks:
            kwargs.pop("temperature", None)
        async for chunk in whole(super()._astream(messages, stop, *args, **kwargs), "anthropic"):
            yield chunk


def limits(model: str) -> CloudLimits:
    """What is known of `model`; one that takes no temperature thinks without being asked."""
    profile = _PROFILES.get(model) or {}
    low = "low" in (profile.get("reasoning_effort_levels") or ())
    return CloudLimits.of(profile, thinks=not profile.get("temperature"), low=low)


def open_chat(model: str, key: str, address: str, timeout: float) -> AnthropicChat:
    """The chat model at `address`; `timeout` is the longest silence in seconds."""
    known = limits(model)
    return AnthropicChat(
        model_name=model,
        api_key=SecretStr(key),
        # Said here, so that no variable of the environment sends a brief somewhere else.
        base_url=address,
        anthropic_proxy="",
        stop=None,
        streaming=True,
        max_retries=0,
        timeout=timeout,
        effort=known.effort,
        limits=known,
    )
