"""The chat models of Mistral."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGenerationChunk
from langchain_mistralai import ChatMistralAI
from langchain_mistralai.data._profiles import _PROFILES
from pydantic import SecretStr

from marketer_desktop.llm.cloud_errors import whole
from marketer_desktop.llm.cloud_limits import CloudLimits

THINKING_FAMILY = "magistral"  # others think only when they are asked to


class MistralChat(ChatMistralAI):
    """`ChatMistralAI` whose streams must end with a reason, and whose errors are `ModelError`s.

    Takes `max_tokens`, `seed`, `temperature` and `stop` for each call; a model that thinks gets
    room for that beside `max_tokens`. Close it with `aclose` in the event loop that used it.
    """

    limits: CloudLimits

    async def offered(self) -> list[str]:
        """The models that the key may use."""
        answer = await self.async_client.get("/models")
        answer.raise_for_status()
        return [str(model["id"]) for model in answer.json()["data"]]

    async def aclose(self) -> None:
        """Close the connections."""
        await self.async_client.aclose()
        self.client.close()

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        if "seed" in kwargs:
            kwargs["random_seed"] = kwargs.pop("seed")
        if kwargs.get("max_tokens"):
            kwargs["max_tokens"] = self.limits.room(kwargs["max_tokens"])
        async for chunk in whole(super()._astream(messages, stop, *args, **kwargs), "mistral"):
            yield chunk


def limits(model: str) -> CloudLimits:
    """What is known of `model`."""
    return CloudLimits.of(_PROFILES.get(model) or {}, thinks=model.startswith(THINKING_FAMILY))


def open_chat(model: str, key: str, address: str, timeout: float) -> MistralChat:
    """The chat model at `address`; `timeout` is the longest silence in seconds."""
    headers = {"Authorization": f"Bearer {key}", "Accept": "application/json"}
    return MistralChat(
        model_name=model,
        api_key=SecretStr(key),
        # Said here, so that no variable of the environment sends a brief somewhere else.
        base_url=address,
        streaming=True,
        max_retries=1,
        async_client=httpx.AsyncClient(base_url=address, headers=headers, timeout=timeout),
        limits=limits(model),
    )
