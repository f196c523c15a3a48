"""Our Ollama side against a server that behaves, misbehaves, or is not there."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator

import httpx
import httpx2
import openai
import pytest

from marketer_desktop.llm.errors import (
    ModelBusy,
    ModelCrashed,
    ModelError,
    ModelNotFound,
    ModelTimeout,
    ModelUnavailable,
    StreamCutShort,
    classify,
)
from marketer_desktop.llm.ollama_chat import OllamaChat, open_ollama_chat
from marketer_desktop.llm.ollama_host import context_length, detect, ollama_host
from tests.fakes.ollama_payloads import CHAT, EMBEDDER
from tests.fakes.ollama_server import OllamaServer
from tests.fakes.ollama_troubles import Kind, Trouble

PATIENCE = 60.0  # seconds that a busy machine may take for what is done at once
PROMPT = "Write 40 words about cedar furniture."


@pytest.fixture
def server() -> Iterator[OllamaServer]:
    with OllamaServer() as running:
        yield running


@pytest.fixture
async def chat(server: OllamaServer) -> AsyncIterator[OllamaChat]:
    model = _open(server, PATIENCE)
    yield model
    await model.aclose()


@pytest.fixture
async def hasty_chat(server: OllamaServer) -> AsyncIterator[OllamaChat]:
    """One that soon takes silence for a failure."""
    model = _open(server, 0.2)
    yield model
    await model.aclose()


def _open(server: OllamaServer, timeout: float) -> OllamaChat:
    return open_ollama_chat(
        server.address,
        CHAT.name,
        context_tokens=2048,
        seed=7,
        temperature=0.5,
        max_tokens=400,
        timeout=timeout,
    )


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port that is taken but on which nobody listens."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]


def _wait(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


async def test_an_answer_has_its_usage_and_its_reason(chat: OllamaChat) -> None:
    answer = await chat.ainvoke(PROMPT)
    assert answer.response_metadata["done_reason"] == "stop"
    assert answer.usage_metadata is not None
    assert answer.usage_metadata["output_tokens"] == answer.response_metadata["eval_count"]
    assert answer.usage_metadata["input_tokens"] > 0


async def test_an_empty_answer_has_usage_too() -> None:
    with OllamaServer(lambda body: "") as server:
        model = open_ollama_chat(server.address, CHAT.name, context_tokens=2048)
        answer = await model.ainvoke(PROMPT)
        await model.aclose()
    assert answer.usage_metadata is not None
    assert answer.usage_metadata["output_tokens"] == 0


async def test_the_end_by_length_can_be_seen(chat: OllamaChat) -> None:
    parts = [part async for part in chat.bind(max_tokens=6).astream(PROMPT)]
    reasons = [part.response_metadata.get("done_reason") for part in parts]
    assert [reason for reason in reasons if reason] == ["length"]
    assert (await chat.ainvoke(PROMPT, max_tokens=6)).response_metadata["done_reason"] == "length"


async def test_settings_and_per_call_options_reach_the_wire(
    server: OllamaServer, chat: OllamaChat
) -> None:
    await chat.ainvoke(PROMPT)
    await chat.bind(max_tokens=50, seed=11, temperature=0.1, stop=["##"]).ainvoke(PROMPT)
    await chat.ainvoke(PROMPT, seed=12, max_tokens=None)
    own, bound, invoked = (call.body for call in server.requests)
    defaults = {"num_ctx": 2048, "num_predict": 400, "seed": 7, "temperature": 0.5}
    assert own["options"] == defaults
    assert bound["options"] == {
        "num_ctx": 2048,
        "num_predict": 50,
        "seed": 11,
        "temperature": 0.1,
        "stop": ["##"],
    }
    assert invoked["options"] == {**defaults, "seed": 12}
    assert own["think"] is False
    assert not {"max_tokens", "seed", "temperature", "stop"} & set(bound)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("end_early", StreamCutShort),
        ("hang_up", StreamCutShort),
        ("reset", StreamCutShort),
        ("refuse", ModelBusy),
    ],
)
async def test_each_misbehaviour_has_its_error(
    server: OllamaServer, chat: OllamaChat, kind: Kind, expected: type[ModelError]
) -> None:
    server.misbehave(Trouble(kind))
    await _fails_in_every_way(server, chat, expected)
    server.behave()
    assert (await chat.ainvoke(PROMPT)).content


async def test_silence_has_its_error_too(
    server: OllamaServer, chat: OllamaChat, hasty_chat: OllamaChat
) -> None:
    server.misbehave(Trouble("stall"))
    await _fails_in_every_way(server, hasty_chat, ModelTimeout)
    server.behave()
    assert (await chat.ainvoke(PROMPT)).content


async def _fails_in_every_way(
    server: OllamaServer, chat: OllamaChat, expected: type[ModelError]
) -> None:
    with pytest.raises(expected) as awaited:
        await chat.ainvoke(PROMPT)
    assert type(awaited.value) is expected
    with pytest.raises(expected):
        async for _ in chat.astream(PROMPT):
            pass
    with pytest.raises(expected):
        chat.invoke(PROMPT)
    ends = ["aborted"] * 3
    await asyncio.to_thread(_wait, lambda: [call.outcome for call in server.requests] == ends)


async def test_an_error_line_in_a_good_stream_keeps_the_servers_words(
    server: OllamaServer, chat: OllamaChat
) -> None:
    server.misbehave(Trouble("error_line", message="llama runner process has terminated"))
    with pytest.raises(ModelError, match="runner process has terminated"):
        await chat.ainvoke(PROMPT)


async def test_a_missing_model_says_how_to_get_it(server: OllamaServer) -> None:
    model = open_ollama_chat(server.address, "absent:7b", context_tokens=2048)
    with pytest.raises(ModelNotFound, match=r"ollama pull.*absent:7b"):
        await model.ainvoke(PROMPT)
    await model.aclose()


async def test_a_silent_port_is_unavailable(closed_port: int) -> None:
    host = f"http://127.0.0.1:{closed_port}"
    model = open_ollama_chat(host, CHAT.name, context_tokens=2048)
    with pytest.raises(ModelUnavailable, match="ollama serve"):
        await model.ainvoke(PROMPT)
    with pytest.raises(ModelUnavailable):
        await context_length(host, CHAT.name)
    await model.aclose()


async def test_an_answer_that_only_loads_the_model_is_no_answer(
    server: OllamaServer, chat: OllamaChat
) -> None:
    with pytest.raises(StreamCutShort):
        await chat.ainvoke("")
    assert server.loaded == {CHAT.name}


async def test_cancelling_frees_the_server(chat: OllamaChat, server: OllamaServer) -> None:
    server.misbehave(Trouble("stall"))  # so that the call cannot end by itself
    call = asyncio.create_task(chat.ainvoke(PROMPT))
    await asyncio.to_thread(_wait, lambda: bool(server.requests))
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    await asyncio.to_thread(_wait, lambda: server.requests[0].outcome == "aborted")


async def test_a_reader_that_walks_away_frees_the_server(
    chat: OllamaChat, server: OllamaServer
) -> None:
    server.misbehave(Trouble("stall"))
    async for _ in chat.astream(PROMPT):
        break
    await asyncio.to_thread(_wait, lambda: server.requests[0].outcome == "aborted")


async def test_no_proxy_gets_our_calls(
    server: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.settimeout(0)
        address = f"http://127.0.0.1:{trap.getsockname()[1]}"
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, address)
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        assert (await detect(server.address, PATIENCE)).running
        assert await context_length(server.address, CHAT.name, PATIENCE) == 8192
        model = open_ollama_chat(server.address, CHAT.name, context_tokens=2048)
        assert (await model.ainvoke(PROMPT)).content
        assert model.invoke(PROMPT).content
        await model.aclose()
        with pytest.raises(BlockingIOError):
            trap.accept()


async def test_detection_lists_the_chat_models(server: OllamaServer) -> None:
    state = await detect(server.address, PATIENCE)
    assert (state.running, state.version, state.problem) == (True, "0.24.0", None)
    (model,) = state.models
    assert (model.name, model.parameters, model.quantization, model.family) == (
        "llama3.2:3b",
        "3.2B",
        "Q4_K_M",
        "llama",
    )
    assert model.size_bytes == CHAT.size


async def test_detection_without_a_chat_model_says_so() -> None:
    with OllamaServer(models=[EMBEDDER]) as server:
        state = await detect(server.address, PATIENCE)
    assert state.running and not state.models
    assert state.problem and "ollama pull" in state.problem


async def test_detection_is_fast_and_calm_when_nobody_listens(closed_port: int) -> None:
    began = time.monotonic()
    state = await detect(f"http://127.0.0.1:{closed_port}", PATIENCE)
    assert time.monotonic() - began < PATIENCE
    assert not state.running and state.models == []
    assert state.problem and "Nothing answers" in state.problem


async def test_detection_gives_up_on_a_port_that_never_speaks() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        began = time.monotonic()
        state = await detect(f"http://127.0.0.1:{mute.getsockname()[1]}", timeout=0.2)
    assert time.monotonic() - began < 4  # the HTTP library would by itself wait for 5
    assert not state.running


async def test_something_else_on_the_port_is_not_taken_for_ollama(server: OllamaServer) -> None:
    state = await detect(f"{server.address}/elsewhere", PATIENCE)
    assert not state.running
    assert state.problem and "not Ollama" in state.problem


async def test_context_length_is_read_from_the_model(server: OllamaServer) -> None:
    assert await context_length(server.address, CHAT.name, PATIENCE) == 8192
    with pytest.raises(ModelNotFound):
        await context_length(server.address, "absent", PATIENCE)


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (None, "http://127.0.0.1:11434"),
        ("", "http://127.0.0.1:11434"),
        ("  '1.2.3.4' ", "http://1.2.3.4:11434"),
        ("1.2.3.4", "http://1.2.3.4:11434"),
        (":56789", "http://127.0.0.1:56789"),
        ("1.2.3.4:56789", "http://1.2.3.4:56789"),
        ("0.0.0.0", "http://127.0.0.1:11434"),  # noqa: S104 - read, not listened on
        ("0.0.0.0:8080", "http://127.0.0.1:8080"),
        ("http://0.0.0.0:8080", "http://127.0.0.1:8080"),
        ("example.com", "http://example.com:11434"),
        ("example.com:56789/", "http://example.com:56789"),
        ("http://example.com", "http://example.com:80"),
        ("https://example.com", "https://example.com:443"),
        ("https://example.com:56789/path/", "https://example.com:56789/path"),
        ("example.com/path", "http://example.com:11434/path"),
        ("::1", "http://[::1]:11434"),
        ("[::1]", "http://[::1]:11434"),
        ("[::1]:56789", "http://[::1]:56789"),
        ("[::]:56789", "http://[::1]:56789"),
        ("https://[2001:db8::1]/path", "https://[2001:db8::1]:443/path"),
    ],
)
def test_ollama_host_understands(named: str | None, expected: str) -> None:
    environment = {} if named is None else {"OLLAMA_HOST": named}
    assert ollama_host(environment) == expected


@pytest.mark.parametrize("named", ["host:port", "ftp://example.com", "1.2.3.4:99999", "[::1"])
def test_ollama_host_refuses_plainly(named: str) -> None:
    with pytest.raises(ModelUnavailable, match="host:port"):
        ollama_host({"OLLAMA_HOST": named})


_REQUEST = httpx2.Request("POST", "http://127.0.0.1/v1/chat/completions")


def _caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def _status(status: int) -> Exception:
    answer = httpx2.Response(status, request=_REQUEST)
    return openai.APIStatusError("server's words", response=answer, body=None)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (_status(404), ModelNotFound),
        (_status(429), ModelBusy),
        (_status(503), ModelBusy),
        (_status(500), ModelCrashed),
        (openai.APITimeoutError(_REQUEST), ModelTimeout),
        (openai.APIConnectionError(request=_REQUEST), ModelUnavailable),
        (
            _caused(openai.APIConnectionError(request=_REQUEST), httpx2.ConnectError("no")),
            ModelUnavailable,
        ),
        (
            _caused(
                openai.APIConnectionError(request=_REQUEST), httpx2.RemoteProtocolError("torn")
            ),
            StreamCutShort,
        ),
        (openai.APIError("grammar failed", _REQUEST, body=None), ModelError),
        (httpx.ReadTimeout("slow"), ModelTimeout),
        (httpx.ConnectTimeout("slow"), ModelUnavailable),
        (TimeoutError(), ModelTimeout),
        (ConnectionRefusedError(), ModelUnavailable),
        (ConnectionResetError(), StreamCutShort),
        (ValueError("something else"), ModelError),
    ],
)
def test_failures_of_all_clients_are_named(error: Exception, expected: type[ModelError]) -> None:
    named = classify(error)
    assert type(named) is expected
    assert str(error).rstrip(".") in str(named)
    assert classify(named) is named
