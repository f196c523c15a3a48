"""The answer of a chat model here to a request as `AgentChat` puts it: the other end of it."""

from collections.abc import AsyncGenerator, Sequence
from typing import Any

from langchain_core.messages import AIMessageChunk

from marketer_desktop.llm.agent_chat import OPTION_NAMES, Spent
from marketer_desktop.llm.factory import OpenModel


async def answered(
    model: OpenModel,
    talk: Sequence[tuple[str, str]],
    options: dict[str, Any],
    schema: dict[str, Any] | None,
) -> AsyncGenerator[str | Spent, None]:
    """The answer in pieces, then what it took. Raises a `ModelError`.

    `talk` are role and text of each turn; of the `options` those count that `AgentChat` gives.
    """
    named = {name: options.get(option) for name, option in OPTION_NAMES.items()}
    given: dict[str, Any] = {name: value for name, value in named.items() if value is not None}
    if schema is not None:
        shape = {"name": "answer", "schema": schema}
        given["response_format"] = {"type": "json_schema", "json_schema": shape}
    spent = Spent(0, 0)
    async for chunk in model.chat.bind(**given).astream(list(talk)):
        assert isinstance(chunk, AIMessageChunk)
        if chunk.text:
            yield chunk.text
        if usage := chunk.usage_metadata:
            spent = Spent(usage["input_tokens"], usage["output_tokens"])
    yield spent
