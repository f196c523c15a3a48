"""The test server speaks Ollama: the official client and langchain-ollama work against it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import ollama
import pytest
from langchain_ollama import ChatOllama

from tests.fakes.ollama_server import OllamaServer

QUESTION = [{"role": "user", "content": "Write 40 words about cedar furniture."}]


@pytest.fixture
def server() -> Iterator[OllamaServer]:
    with OllamaServer() as running:
        yield running


@pytest.fixture
def client(server: OllamaServer) -> Iterator[ollama.Client]:
    with ollama.Client(server.address, trust_env=False) as opened:
        yield opened


@pytest.fixture
async def async_client(server: OllamaServer) -> AsyncIterator[ollama.AsyncClient]:
    async with ollama.AsyncClient(server.address, trust_env=False) as opened:
        yield opened


def test_lists_models_with_their_details(client: ollama.Client) -> None:
    listed = client.list().models
    assert [model.model for model in listed] == ["llama3.2:3b", "nomic-embed-text:latest"]
    details = listed[0].details
    assert details is not None
    assert (details.parameter_size, details.quantization_level) == ("3.2B", "Q4_K_M")
    assert listed[0].size == 2_019_393_189


def test_shows_context_and_capabilities(client: ollama.Client) -> None:
    shown = client.show("llama3.2:3b")
    assert shown.modelinfo is not None
    assert shown.modelinfo["llama.context_length"] == 8192
    assert shown.capabilities == ["completion", "tools"]
    assert client.show("nomic-embed-text").capabilities == ["embedding"]


def test_a_whole_answer_carries_usage_and_durations(client: ollama.Client) -> None:
    answer = client.chat("llama3.2:3b", QUESTION)
    assert answer.done and answer.done_reason == "stop"
    assert answer.message.content is not None
    assert len(answer.message.content.split()) >= 40
    assert "cedar" in answer.message.content.lower()
    assert answer.eval_count and answer.prompt_eval_count
    assert answer.total_duration and answer.eval_duration
    assert answer.created_at is not None


def test_a_stream_joins_to_the_whole_answer(client: ollama.Client) -> None:
    whole = client.chat("llama3.2:3b", QUESTION)
    parts = list(client.chat("llama3.2:3b", QUESTION, stream=True))
    assert "".join(part.message.content or "" for part in parts) == whole.message.content
    assert [part.done for part in parts[-2:]] == [False, True]
    assert parts[-1].eval_count == whole.eval_count == len(parts) - 1


def test_num_predict_and_stop_end_the_text(client: ollama.Client) -> None:
    limited = client.chat("llama3.2:3b", QUESTION, options={"num_predict": 5})
    assert (limited.done_reason, limited.eval_count) == ("length", 5)
    stopped = client.chat("llama3.2:3b", QUESTION, options={"stop": ["."]})
    assert stopped.done_reason == "stop"
    assert stopped.message.content and "." not in stopped.message.content


def test_a_format_gives_json_of_that_shape(client: ollama.Client) -> None:
    shape = {
        "type": "object",
        "properties": {
            "title": {"type": "string"},
            "keywords": {"type": "array", "items": {"type": "string"}, "minItems": 4},
        },
    }
    answer = client.chat("llama3.2:3b", QUESTION, format=shape)
    value = json.loads(answer.message.content or "")
    assert isinstance(value["title"], str) and len(value["keywords"]) == 4


def test_generate_embed_and_ps(client: ollama.Client) -> None:
    written = client.generate("llama3.2:3b", "Write 20 words about oak.")
    assert written.response and "oak" not in QUESTION[0]["content"]
    vectors = client.embed("nomic-embed-text", ["one", "two", "one"]).embeddings
    assert vectors[0] == vectors[2] != vectors[1]
    assert sum(value * value for value in vectors[0]) == pytest.approx(1)
    running = [model.model for model in client.ps().models]
    assert running == ["llama3.2:3b", "nomic-embed-text:latest"]


def test_pull_streams_its_progress_and_the_model_is_there(client: ollama.Client) -> None:
    steps = list(client.pull("qwen3:0.6b", stream=True))
    assert steps[0].status == "pulling manifest" and steps[-1].status == "success"
    done = [step.completed for step in steps if step.completed]
    assert done == sorted(done) and done[-1] == steps[1].total
    assert "qwen3:0.6b" in [model.model for model in client.list().models]


def test_a_failing_pull_is_an_error_line(client: ollama.Client) -> None:
    with pytest.raises(ollama.ResponseError, match="file does not exist"):
        list(client.pull("no-such-model", stream=True))


def test_errors_have_the_status_and_words_of_ollama(client: ollama.Client) -> None:
    with pytest.raises(ollama.ResponseError, match="model 'absent' not found") as missing:
        client.chat("absent", QUESTION)
    assert missing.value.status_code == 404
    with pytest.raises(ollama.ResponseError, match="does not support chat") as unfit:
        client.chat("nomic-embed-text", QUESTION)
    assert unfit.value.status_code == 400
    with pytest.raises(ollama.ResponseError, match="does not support thinking"):
        client.chat("llama3.2:3b", QUESTION, think=True)


def test_no_messages_only_load_the_model(client: ollama.Client) -> None:
    assert client.chat("llama3.2:3b", []).done_reason == "load"


async def test_the_async_client_works_too(async_client: ollama.AsyncClient) -> None:
    assert len((await async_client.list()).models) == 2
    whole = await async_client.chat("llama3.2:3b", QUESTION)
    parts = [part async for part in await async_client.chat("llama3.2:3b", QUESTION, stream=True)]
    assert "".join(part.message.content or "" for part in parts) == whole.message.content
    assert (await async_client.embed("nomic-embed-text", "one")).prompt_eval_count == 1
    assert (await async_client.show("llama3.2:3b")).capabilities
    with pytest.raises(ollama.ResponseError) as missing:
        await async_client.chat("absent", QUESTION)
    assert missing.value.status_code == 404


def test_langchain_ollama_reads_text_and_usage(server: OllamaServer) -> None:
    model = ChatOllama(
        model="llama3.2:3b", base_url=server.address, client_kwargs={"trust_env": False}
    )
    answer = model.invoke("Write 40 words about cedar furniture.")
    assert len(str(answer.content).split()) >= 40
    assert answer.usage_metadata is not None
    assert answer.usage_metadata["output_tokens"] > 40
    model._client._client.close()


def test_every_call_is_recorded_by_its_hash(server: OllamaServer, client: ollama.Client) -> None:
    client.chat("llama3.2:3b", QUESTION)
    client.chat("llama3.2:3b", QUESTION)
    client.chat("llama3.2:3b", QUESTION, options={"seed": 2})
    assert sorted(server.finished.values()) == [1, 2]
    assert server.started == server.finished
    answers = {client.chat("llama3.2:3b", QUESTION, options={"seed": 2}).message.content}
    answers.add(client.chat("llama3.2:3b", QUESTION).message.content)
    assert len(answers) == 2, "another seed, another text"


def test_a_custom_answer_sees_the_request() -> None:
    with (
        OllamaServer(lambda body: f"asked {body['messages'][0]['content']}") as server,
        ollama.Client(server.address, trust_env=False) as client,
    ):
        answer = client.chat("llama3.2:3b", [{"role": "user", "content": "this"}])
    assert answer.message.content == "asked this"


def test_as_a_process_it_logs_starts_and_finishes(tmp_path: Path) -> None:
    log = tmp_path / "calls.jsonl"
    script = Path(__file__).parents[1] / "fakes" / "ollama_server.py"
    command = [sys.executable, str(script), "--port", "0", "--log", str(log)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=tmp_path, text=True) as process:
        assert process.stdout is not None
        try:
            address = json.loads(process.stdout.readline())["address"]
            with ollama.Client(address, trust_env=False) as client:
                client.chat("llama3.2:3b", QUESTION)
        finally:
            os.kill(process.pid, signal.SIGINT)
        assert process.wait(10) == 0
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [line["event"] for line in lines] == ["started", "finished"]
    assert lines[0]["hash"] == lines[1]["hash"]
