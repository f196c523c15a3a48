"""How the built-in server's stream is read: whole answers, and every other end as an error."""

import json
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

import httpx
import pytest
from langchain_core.messages import AIMessageChunk

from marketer_desktop.llm.errors import ModelCrashed, ModelError, PromptCut, StreamCutShort
from marketer_desktop.llm.starter import StarterServer
from marketer_desktop.llm.starter_calls import StarterCalls
from marketer_desktop.llm.starter_chat import open_starter_chat

TEXT = "Grüße\u2028und \x85 Kaffee"  # with what ends a line in Unicode, but not here
ROLE: dict[str, Any] = {"choices": [{"delta": {"role": "assistant"}, "finish_reason": None}]}
END = {"choices": [{"delta": {}, "finish_reason": "length"}]}
USAGE = {"choices": [], "usage": {"prompt_tokens": 7, "completion_tokens": 3}}
ERROR = {"error": {"code": 500, "message": "failed to find a memory slot", "type": "server_error"}}


def piece(text: str) -> dict[str, Any]:
    return {"choices": [{"delta": {"content": text}, "finish_reason": None}]}


def said(*events: dict[str, Any]) -> bytes:
    lines = [f"data: {json.dumps(event, ensure_ascii=False)}\n\n" for event in events]
    return "".join([*lines, "data: [DONE]\n\n"]).encode()


class Server(StarterServer):
    """One that answers without a child."""

    def __init__(self) -> None:
        self.address, self.key = "http://127.0.0.1:1", "key"
        self.calls = StarterCalls(lambda: None)

    async def start(self) -> None:
        """It runs."""


async def answer(body: bytes, status: int = 200) -> tuple[AIMessageChunk, dict[str, Any]]:
    """The whole answer to a request, of which the server sends three bytes at a time."""
    asked: dict[str, Any] = {}

    async def three_by_three() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 3):
            yield body[start : start + 3]

    def handle(request: httpx.Request) -> httpx.Response:
        asked.update(json.loads(request.content), path=request.url.path)
        return httpx.Response(status, content=three_by_three())

    chat = open_starter_chat(Server())
    chat._client = httpx.AsyncClient(transport=httpx.MockTransport(handle))
    whole = AIMessageChunk(content="")
    async with aclosing(chat):
        async for chunk in chat.bind(max_tokens=3, seed=5).astream("Say it."):
            assert isinstance(chunk, AIMessageChunk)
            whole += chunk
    return whole, asked


async def test_an_answer_comes_whole_with_its_end_and_its_tokens() -> None:
    whole, asked = await answer(said(ROLE, piece(TEXT[:3]), piece(TEXT[3:]), END, USAGE))
    assert whole.text == TEXT
    assert whole.response_metadata["finish_reason"] == "length"
    assert whole.usage_metadata == {"input_tokens": 7, "output_tokens": 3, "total_tokens": 10}
    assert asked["path"] == "/v1/chat/completions"
    assert asked["messages"] == [{"role": "user", "content": "Say it."}]
    assert (asked["max_tokens"], asked["seed"], asked["stream"]) == (3, 5, True)


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        (said(ROLE, piece("Half")), 200, StreamCutShort),
        (said(ROLE, piece("Half"))[:-40], 200, StreamCutShort),
        (said(piece("Half"), ERROR), 200, ModelCrashed),
        (b'data: {"choices": \n\n', 200, StreamCutShort),
        (b"", 200, StreamCutShort),
        (json.dumps(ERROR).encode(), 500, ModelCrashed),
        (b'{"error": {"message": "exceeds the available context size"}}', 400, PromptCut),
    ],
)
async def test_every_other_end_is_an_error(
    body: bytes, status: int, kind: type[ModelError]
) -> None:
    with pytest.raises(kind):
        await answer(body, status)
