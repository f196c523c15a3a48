"""The chat models of clouds: one way to call them, and no half answer taken for a whole one."""

import traceback
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, asynccontextmanager

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, HumanMessage, SystemMessage

from marketer_desktop.llm.answering import Writer
from marketer_desktop.llm.choice import CLOUD, CloudProvider, ModelChoice
from marketer_desktop.llm.cloud import models_of, open_cloud_chat
from marketer_desktop.llm.cloud_limits import THINKING_TOKENS
from marketer_desktop.llm.errors import (
    ModelBusy,
    ModelCrashed,
    ModelError,
    ModelNotFound,
    ModelRefused,
    ModelUnavailable,
    PromptCut,
    StreamCutShort,
)
from marketer_desktop.llm.retrying import Patience
from tests.factories.runs import never
from tests.fakes.cloud_payloads import TOKENS_IN, TOKENS_OUT, Reply
from tests.fakes.cloud_server import CloudServer, Illness

KEY, WRONG = "sk-test-0123456789", "sk-wrong-9876543210"
MODELS: dict[CloudProvider, str] = {
    "openai": "gpt-6.1-terra",
    "anthropic": "claude-sonnet-5-5",
    "mistral": "mistral-small-latest",
}
TITLES = {"openai": "OpenAI", "anthropic": "Anthropic", "mistral": "Mistral"}
CUT = {"openai": "length", "anthropic": "max_tokens", "mistral": "length"}
DECLINED = {"openai": "content_filter", "anthropic": "refusal"}
TRAP = "http://127.0.0.1:9"
OPTIONS = {"max_tokens": 50, "seed": 3, "temperature": 0.3}


@pytest.fixture(params=CLOUD)
def server(request: pytest.FixtureRequest) -> Iterator[CloudServer]:
    with CloudServer(request.param, KEY, ["model-b", "model-a"]) as running:
        yield running


@asynccontextmanager
async def opened(
    server: CloudServer, key: str = KEY, model: str = "", address: str = ""
) -> AsyncIterator[BaseChatModel]:
    choice = ModelChoice(server.provider, model or MODELS[server.provider])
    chat, cloud = open_cloud_chat(choice, key, address or server.address)
    async with aclosing(cloud):
        yield chat


async def answer(server: CloudServer, key: str = KEY, model: str = "") -> AIMessageChunk:
    whole: AIMessageChunk | None = None
    async with opened(server, key, model) as chat:
        messages = [SystemMessage("Be brief."), HumanMessage("Coffee?")]
        async for chunk in chat.bind(**OPTIONS).astream(messages):
            assert isinstance(chunk, AIMessageChunk)
            whole = chunk if whole is None else whole + chunk
    assert whole is not None
    return whole


async def failed(server: CloudServer, ill: Illness | None = None, key: str = KEY) -> ModelError:
    server.ills = [ill] if ill else []
    with pytest.raises(ModelError) as told:
        await answer(server, key)
    assert KEY not in str(told.value)
    return told.value


async def test_an_answer_comes_with_its_tokens_and_its_reason_to_end(server: CloudServer) -> None:
    whole = await answer(server)
    assert whole.text == "Coffee needs water."
    assert whole.usage_metadata is not None
    assert whole.usage_metadata["input_tokens"] == TOKENS_IN
    assert whole.usage_metadata["output_tokens"] == TOKENS_OUT


async def test_options_reach_a_model_as_it_takes_them(server: CloudServer) -> None:
    await answer(server)
    sent = server.calls[-1].body
    if server.provider == "mistral":
        assert (sent["max_tokens"], sent["random_seed"], sent["temperature"]) == (50, 3, 0.3)
        return
    cap = "max_completion_tokens" if server.provider == "openai" else "max_tokens"
    assert sent[cap] == 50 + THINKING_TOKENS
    assert {"seed", "temperature"}.isdisjoint(sent)


async def test_options_of_a_model_that_does_not_think(server: CloudServer) -> None:
    plain = {"openai": "gpt-4.1", "anthropic": "claude-haiku-4-5", "mistral": "mistral-nemo"}
    async with opened(server, model=plain[server.provider]) as chat:
        await chat.bind(**OPTIONS, stop=["END"]).ainvoke("Coffee?")
    sent = server.calls[-1].body
    assert sent["temperature"] == 0.3
    assert sent.get("max_tokens", sent.get("max_completion_tokens")) == 50
    assert sent.get("stop", sent.get("stop_sequences")) == ["END"]
    assert sent["stream"] is True  # also where the caller wants the whole at once


async def test_what_a_model_thinks_is_no_part_of_the_text(server: CloudServer) -> None:
    server.reply = Reply(["Cof", "fee"], thinking="The user may be a spy.")
    assert (await answer(server)).text == "Coffee"


async def test_a_text_that_the_limit_has_cut_can_be_told(server: CloudServer) -> None:
    server.reply = Reply(["Coffee ", "needs"], CUT[server.provider])
    about = (await answer(server)).response_metadata
    assert CUT[server.provider] in (about.get("finish_reason"), about.get("stop_reason"))


async def test_a_text_that_is_declined_is_no_text(server: CloudServer) -> None:
    server.reply = Reply(["I ", "am "], DECLINED.get(server.provider, "error"))
    told = await failed(server)
    assert isinstance(told, ModelRefused if server.provider in DECLINED else StreamCutShort)


async def test_a_wrong_key_is_said_and_never_repeated(server: CloudServer) -> None:
    told = await failed(server, key=WRONG)
    assert isinstance(told, ModelRefused)
    assert f"{TITLES[server.provider]} did not accept the key" in str(told)
    assert f"marketer models key {server.provider}" in str(told)
    assert WRONG not in "".join(traceback.format_exception(told))


@pytest.mark.parametrize("kind", ["end_early", "hang_up"])
async def test_a_stream_without_its_end_is_an_error(server: CloudServer, kind: str) -> None:
    told = await failed(server, Illness(kind))  # type: ignore[arg-type]
    assert isinstance(told, StreamCutShort) and TITLES[server.provider] in str(told)


@pytest.mark.parametrize(
    ("status", "kind", "code", "message", "expected"),
    [
        (429, "rate_limit_error", "rate_limit_exceeded", "Slow down", ModelBusy),
        (429, "insufficient_quota", "insufficient_quota", "You exceeded", ModelRefused),
        (402, "billing_error", "", "Payment required", ModelRefused),
        (403, "permission_error", "", "Not for you", ModelRefused),
        (400, "invalid_request_error", "", "Your credit balance is too low", ModelRefused),
        (500, "server_error", "", "The server had an error", ModelCrashed),
        (529, "overloaded_error", "", "Overloaded", ModelBusy),
        (503, "overloaded_error", "", "Overloaded", ModelBusy),
        (404, "not_found_error", "model_not_found", "model: gone", ModelNotFound),
        (400, "invalid_model", "1500", "Invalid model: gone", ModelNotFound),
        (400, "invalid_request_error", "context_length_exceeded", "prompt is too long", PromptCut),
    ],
)
async def test_a_refusal_is_named(
    server: CloudServer,
    status: int,
    kind: str,
    code: str,
    message: str,
    expected: type[ModelError],
) -> None:
    said = {"type": kind, "code": code, "message": message}
    body = said if server.provider == "mistral" else {"type": "error", "error": said}
    told = await failed(server, Illness("refuse", status, body, {"Retry-After": "7"}))
    assert type(told) is expected
    assert TITLES[server.provider] in str(told) and told.retry_after == 7.0
    if "quota" in kind or "billing" in kind or "credit" in message:
        assert "no credit left" in str(told)


async def test_an_error_in_the_middle_of_a_stream_is_one(server: CloudServer) -> None:
    said = {"type": "overloaded_error", "message": "Overloaded"}
    told = await failed(server, Illness("error_event", body={"type": "error", "error": said}))
    # LangChain's client of Mistral skips what is no choice: what is left has no end.
    assert type(told) is (StreamCutShort if server.provider == "mistral" else ModelBusy)
    assert (await answer(server)).text == "Coffee needs water."


async def test_what_broke_is_asked_for_again_as_of_any_model(server: CloudServer) -> None:
    busy = {"type": "overloaded_error", "message": "Overloaded"}
    server.ills = [
        Illness("refuse", 529, {"type": "error", "error": busy}, {"Retry-After": "0.02"}),
        Illness("end_early"),
    ]
    server.reply = Reply(["Cof", "fee"], CUT[server.provider], thinking="The user may be a spy.")
    told: list[str] = []
    async with opened(server) as chat:
        writer = Writer(chat, never, patience=Patience(first=0.01, most=0.02))
        said = await writer.write(("Be brief.", "Coffee?"), OPTIONS, told.append, told.append)
    assert (said.text, said.cut) == ("Coffee", True)
    assert (said.tokens_input, said.tokens_output) == (TOKENS_IN, TOKENS_OUT)
    assert len(server.calls) == 3 and "spy" not in "".join(told)


async def test_a_cloud_that_cannot_be_reached_is_said(server: CloudServer) -> None:
    with pytest.raises(ModelUnavailable, match=r"cannot be reached\. Look at the connection"):
        async with opened(server, address=f"{TRAP}/v1") as chat:
            await chat.ainvoke("Coffee?")


async def test_no_variable_sends_a_brief_elsewhere(
    server: CloudServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for company in ("OPENAI", "ANTHROPIC", "MISTRAL"):
        for name in ("BASE_URL", "API_BASE", "API_URL", "PROXY"):
            monkeypatch.setenv(f"{company}_{name}", TRAP)
        monkeypatch.setenv(f"{company}_API_KEY", "sk-of-somebody-else")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-other")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "project-other")
    monkeypatch.setenv("LANGSMITH_GATEWAY", TRAP)
    assert (await answer(server)).text == "Coffee needs water."
    assert not [value for value in server.calls[-1].headers.values() if "other" in value]


async def test_a_key_is_checked_by_listing_its_models(server: CloudServer) -> None:
    listed = await models_of(server.provider, KEY, server.address)
    assert listed == ["model-a", "model-b"]
    assert not server.calls
    with pytest.raises(ModelRefused, match="did not accept the key") as told:
        await models_of(server.provider, WRONG, server.address)
    assert WRONG not in "".join(traceback.format_exception(told.value))
