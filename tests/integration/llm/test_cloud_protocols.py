"""The servers of the tests speak as the clouds do: the companies' own clients understand them.

Each is loaded by its test alone: to collect tests takes no clients.
"""

from functools import partial
from typing import Any

import pytest
from pydantic import SecretStr

from tests.fakes.cloud_payloads import TOKENS_IN, TOKENS_OUT, Reply
from tests.fakes.cloud_server import CloudServer, Illness

KEY = "sk-test"


async def test_the_client_of_openai() -> None:
    import openai

    with CloudServer("openai", KEY, ["gpt-4.1"]) as server:
        client = openai.AsyncOpenAI(api_key=KEY, base_url=server.address, max_retries=0)
        ask = partial(
            client.chat.completions.create,
            model="gpt-4.1",
            messages=[{"role": "user", "content": "Coffee?"}],
        )
        async with client:
            whole: Any = await ask()
            assert whole.choices[0].message.content == "Coffee needs water."
            assert whole.usage.prompt_tokens == TOKENS_IN
            stream: Any = await ask(stream=True, stream_options={"include_usage": True})
            chunks = [chunk async for chunk in stream]
            assert chunks[-1].usage.completion_tokens == TOKENS_OUT
            assert chunks[-2].choices[0].finish_reason == "stop"
            assert [model.id async for model in client.models.list()] == ["gpt-4.1"]
            with pytest.raises(openai.AuthenticationError):
                await client.with_options(api_key="sk-wrong").models.list()
            server.ills = [Illness("error_event", body={"error": {"message": "Sorry"}})]
            stream = await ask(stream=True)
            with pytest.raises(openai.APIError, match="Sorry"):
                [chunk async for chunk in stream]


async def test_the_client_of_anthropic() -> None:
    import anthropic

    with CloudServer("anthropic", KEY, ["claude-haiku-4-5"]) as server:
        client = anthropic.AsyncAnthropic(api_key=KEY, base_url=server.address, max_retries=0)
        server.reply = Reply(["Coffee ", "needs ", "water."], thinking="Hm.")
        async with client:
            async with client.messages.stream(
                model="claude-haiku-4-5",
                max_tokens=50,
                messages=[{"role": "user", "content": "Coffee?"}],
            ) as stream:
                whole = await stream.get_final_message()
            assert [block.type for block in whole.content] == ["thinking", "text"]
            assert whole.content[-1].text == "Coffee needs water."  # type: ignore[union-attr]
            assert whole.stop_reason == "end_turn"
            assert whole.usage.output_tokens == TOKENS_OUT
            assert [each.id async for each in client.models.list()] == ["claude-haiku-4-5"]
            with pytest.raises(anthropic.AuthenticationError):
                await client.with_options(api_key="sk-wrong").models.list()


async def test_the_client_for_mistral() -> None:
    from langchain_mistralai import ChatMistralAI

    with CloudServer("mistral", KEY) as server:
        chat = ChatMistralAI(
            model_name="mistral-nemo", api_key=SecretStr(KEY), base_url=server.address
        )
        whole = await chat.ainvoke("Coffee?")
        assert whole.text == "Coffee needs water."
        assert whole.response_metadata["finish_reason"] == "stop"
        pieces = [chunk.text async for chunk in chat.astream("Coffee?")]
        assert "".join(pieces) == "Coffee needs water."
        await chat.async_client.aclose()
        chat.client.close()
