"""The calls of a run made again at llama.cpp's own server, with nothing of ours in between."""

import asyncio
import json
from collections.abc import Sequence
from time import perf_counter
from typing import Any

import httpx

from benchmarks.engine.calls import Call, most_at_once
from marketer_desktop.llm.starter import StarterServer
from marketer_desktop.llm.starter_chat import SAMPLING

ROLES = {"system": "system", "human": "user", "ai": "assistant"}
PATIENCE_SECONDS = 300.0


async def replay(server: StarterServer, calls: Sequence[Call], *, full: bool = False) -> list[Call]:
    """The same requests in the same order, with as many in flight as there were.

    Each is made as soon as those are answered that were so when it was made before; where it is to
    be `full`, as soon as there is a place among as many as there were at most.
    """
    places = asyncio.Semaphore(most_at_once([(call.began, call.ended) for call in calls]))
    answered = {id(call): asyncio.Event() for call in calls}
    async with httpx.AsyncClient(
        base_url=server.address,
        # As the product does it: the server closes idle connections after five seconds.
        headers={"Authorization": f"Bearer {server.key}", "Connection": "close"},
        timeout=PATIENCE_SECONDS,
        trust_env=False,
    ) as client:

        async def one(call: Call) -> Call:
            for earlier in () if full else calls:
                if earlier.ended <= call.began:
                    await answered[id(earlier)].wait()
            async with places:
                again = await _asked(client, call)
            answered[id(call)].set()
            return again

        return list(await asyncio.gather(*map(one, calls)))


async def _asked(client: httpx.AsyncClient, call: Call) -> Call:
    again = Call(call.messages, call.options)
    body = {
        "messages": [{"role": ROLES[m.type], "content": m.text} for m in call.messages],
        "stream": True,
        **call.options,
        **SAMPLING,
    }
    async with client.stream("POST", "/v1/chat/completions", json=body) as answer:
        answer.raise_for_status()
        async for line in answer.aiter_lines():
            if line.startswith("data: {"):
                _note(again, json.loads(line.removeprefix("data: ")))
    again.ended = perf_counter()
    return again


def _note(call: Call, event: dict[str, Any]) -> None:
    if any(choice["delta"].get("content") for choice in event.get("choices", ())):
        call.heard.append(perf_counter())
