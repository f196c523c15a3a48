"""The chat model on the built-in server: OpenAI's protocol on loopback, past every proxy."""

import ssl
from collections.abc import AsyncIterator
from typing import Any

from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGenerationChunk
from langchain_openai import ChatOpenAI
from openai import DefaultAsyncHttpxClient, DefaultHttpxClient
from pydantic import PrivateAttr, SecretStr

from marketer_desktop.llm.choice import STARTER_LABEL
from marketer_desktop.llm.errors import classify, cut_short
from marketer_desktop.llm.starter import StarterServer

# Against the loops that a tiny model falls into; chosen by reading a few answers.
SAMPLING = {"repeat_penalty": 1.08, "min_p": 0.05, "cache_prompt": True}


class StarterChat(ChatOpenAI):
    """`ChatOpenAI` whose streams must end with a reason, and whose errors are `ModelError`s.

    A stream starts the server if it does not run. Close it with `aclose` in the event loop that
    used it.
    """

    _server: StarterServer = PrivateAttr()

    async def aclose(self) -> None:
        """Close the connections to the server."""
        await self.root_async_client.close()
        self.root_client.close()

    async def _astream(
        self, messages: list[BaseMessage], *args: Any, **kwargs: Any
    ) -> AsyncIterator[ChatGenerationChunk]:
        finished = False
        await self._server.start()
        with self._server.calls.one() as call:
            try:
                async for chunk in super()._astream(messages, *args, **kwargs):
                    call.heard()
                    info = chunk.generation_info or {}
                    finished = finished or bool(info.get("finish_reason"))
                    yield chunk
            except Exception as error:
                raise classify(error) from error
        if not finished:
            raise cut_short()


def open_starter_chat(server: StarterServer, timeout: float = 120.0) -> StarterChat:
    """The chat model on `server`, which has been started once and keeps its address.

    `timeout` is the longest silence in seconds.
    """
    # The server speaks without TLS: to load whom to trust would take 20 ms a client.
    nobody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    chat = StarterChat(
        model=STARTER_LABEL,
        base_url=f"{server.address}/v1",
        api_key=SecretStr(server.key),
        max_retries=0,
        stream_usage=True,
        extra_body=SAMPLING,
        # The server closes idle connections after five seconds: a call that met such a one
        # would fail without having been made.
        default_headers={"Connection": "close"},
        http_client=DefaultHttpxClient(trust_env=False, timeout=timeout, verify=nobody),
        http_async_client=DefaultAsyncHttpxClient(trust_env=False, timeout=timeout, verify=nobody),
    )
    chat._server = server
    return chat
