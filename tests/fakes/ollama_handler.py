"""The HTTP side of the Ollama server for tests: routes, NDJSON streams, and their failures."""

import json
import select
import socket
import struct
import time
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tests.fakes import ollama_payloads as payloads
from tests.fakes.ollama_payloads import FakeModel
from tests.fakes.ollama_troubles import Trouble

if TYPE_CHECKING:
    from tests.fakes.ollama_server import OllamaServer, Recorded

DEFAULT_CONTEXT = 4096
BEFORE_THE_HEAD = ("refuse", "mute", "vanish", "page")
NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class Refusal(Exception):
    """An answer with an error status."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.headers = status, headers or {}


class OllamaHandler(BaseHTTPRequestHandler):
    """One connection; `server.fake` holds what the server knows and records."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    is_slow = False

    @property
    def fake(self) -> "OllamaServer":
        fake: OllamaServer = self.server.fake  # type: ignore[attr-defined]
        return fake

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the tests read the record."""

    def do_GET(self) -> None:
        models = self.fake.models
        answers: dict[str, Callable[[], Any]] = {
            "/api/version": lambda: {"version": payloads.VERSION},
            "/api/tags": lambda: {"models": [payloads.listed(each) for each in models.values()]},
            "/api/ps": lambda: {
                "models": [payloads.loaded(models[name]) for name in sorted(self.fake.loaded)]
            },
        }
        if self.path in answers:
            self._send_json(answers[self.path]())
        elif self.path == "/":
            self._send(200, "text/plain; charset=utf-8", b"Ollama is running")
        else:
            self._send(404, "text/plain", b"404 page not found")

    def do_POST(self) -> None:
        routes = {
            "/api/show": self._show,
            "/api/chat": self._chat,
            "/api/generate": self._generate,
            "/api/embed": self._embed,
            "/api/pull": self._pull,
        }
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path not in routes:
            self._send(404, "text/plain", b"404 page not found")
            return
        try:
            routes[self.path](_parsed(raw))
        except Refusal as refusal:
            self._send_json({"error": str(refusal)}, refusal.status, refusal.headers)

    def _show(self, body: dict[str, Any]) -> None:
        self._send_json(payloads.shown(self._model(body)))

    def _embed(self, body: dict[str, Any]) -> None:
        began = time.perf_counter_ns()
        model = self._model(body)
        given = body.get("input", [])
        texts = [given] if isinstance(given, str) else given
        answer = {
            "model": body["model"],
            "embeddings": [payloads.embedding(text) for text in texts],
            "total_duration": time.perf_counter_ns() - began,
            "load_duration": 1_019_500,
            "prompt_eval_count": sum(len(payloads.tokens(text)) for text in texts),
        }
        self.fake.loaded.add(model.name)
        self._send_json(answer)

    def _pull(self, body: dict[str, Any]) -> None:
        name = payloads.full_name(_required(body, "model"))
        model = self.fake.pullable.get(name) or self.fake.models.get(name)
        missing = {"error": "pull model manifest: file does not exist"}
        if body.get("stream") is False:
            if model is None:
                raise Refusal(500, missing["error"])
            self.fake.models[name] = model
            self._send_json({"status": "success"})
            return
        self._begin_stream()
        if model is None:
            self._send_line({"status": "pulling manifest"})
            self._send_line(missing)
        else:
            for status in payloads.pull_statuses(model):
                if self.fake.pull_seconds and self.fake.stopping.wait(self.fake.pull_seconds):
                    raise ConnectionAbortedError("the server stops")
                self._send_line(status)
                self.fake.pulled.append(str(status["status"]))
            self.fake.models[name] = model
        self._end_stream()

    def _generate(self, body: dict[str, Any]) -> None:
        self._write(body, [str(body.get("prompt") or "")], _generate_part)

    def _chat(self, body: dict[str, Any]) -> None:
        spoken = [str(message.get("content") or "") for message in body.get("messages") or []]
        self._write(body, spoken, _chat_part)

    def _write(
        self, body: dict[str, Any], spoken: list[str], part: Callable[[str], dict[str, Any]]
    ) -> None:
        model = self._model(body)
        if "completion" not in model.capabilities:
            raise Refusal(400, f'"{body["model"]}" does not support chat')
        if body.get("think") and "thinking" not in model.capabilities:
            raise Refusal(400, f'"{body["model"]}" does not support thinking')
        self.fake.loaded.add(model.name)
        if not any(spoken):
            head = {"model": body["model"], "created_at": payloads.now()}
            self._send_json({**head, **part(""), "done_reason": "load", "done": True})
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        call = self.fake.record(self.path, body, headers)
        try:
            self._answer(call, spoken, part)
        except (Refusal, OSError):
            self.fake.close_record(call, "aborted")
            raise

    def _answer(
        self, call: "Recorded", spoken: list[str], part: Callable[[str], dict[str, Any]]
    ) -> None:
        trouble = self.fake.next_trouble(spoken)
        if trouble and trouble.kind in BEFORE_THE_HEAD:
            self._fail_at_once(trouble, call)
            return
        with self.fake.slots:
            self._stream(call, spoken, part, trouble)

    def _stream(
        self,
        call: "Recorded",
        spoken: list[str],
        part: Callable[[str], dict[str, Any]],
        trouble: Trouble | None,
    ) -> None:
        body = call.body
        began = time.perf_counter_ns()
        odd = trouble or Trouble("odd")
        text = self.fake.answer(body) if odd.text is None else odd.text
        pieces, reason = _cut(text, body.get("options") or {})
        written = self._paced(pieces)
        head = {"model": body["model"]}
        if body.get("stream") is False:
            text = "".join(written)
            end = _closing(body, spoken, len(pieces), reason, began)
            self.fake.close_record(call, "finished")
            self._send_json({**head, "created_at": payloads.now(), **part(text), **end})
            return
        self._begin_stream()
        self.is_slow = odd.kind == "bytes"
        for number, piece in enumerate(written):
            if trouble and number == trouble.after and self._fail(trouble, call):
                return
            said = {**part(piece)}
            if "message" in said:
                said["message"] = {**said["message"], **odd.fields}
            self._send_line({**head, "created_at": payloads.now(), **said, "done": False})
        end = _closing(body, spoken, len(pieces), reason, began) | dict(odd.closing)
        end = {name: value for name, value in end.items() if value is not None}
        self._send_line({**head, "created_at": payloads.now(), **part(""), **end})
        if odd.kind == "twice":
            self._send_line({**head, **part(" Once more."), "done": False})
            self._send_line({**head, "created_at": payloads.now(), **part(""), **end})
        # Before the client can see the end: a test reads the record as soon as it does.
        self.fake.close_record(call, "finished")
        self._end_stream()

    def _paced(self, pieces: list[str]) -> Iterator[str]:
        for piece in pieces:
            if self.fake.token_seconds and self.fake.stopping.wait(self.fake.token_seconds):
                raise ConnectionAbortedError("the server stops")
            yield piece

    def _fail_at_once(self, trouble: Trouble, call: "Recorded") -> None:
        """Trouble in place of an answer."""
        self.fake.close_record(call, "aborted")
        if trouble.kind == "page" or trouble.raw:
            status = 200 if trouble.kind == "page" else trouble.status
            self._send(status, trouble.content_type, trouble.raw, trouble.headers)
        elif trouble.kind == "refuse":
            raise Refusal(trouble.status, trouble.message, trouble.headers)
        else:
            if trouble.kind == "mute":
                self._wait_for_the_client()
            raise ConnectionAbortedError(trouble.kind)

    def _fail(self, trouble: Trouble, call: "Recorded") -> bool:
        """Trouble in mid-stream; False if the stream goes on after it."""
        if trouble.kind in ("odd", "bytes", "twice"):
            return False
        if trouble.kind == "raw":
            self._send_chunk(trouble.raw)
            return False
        if trouble.kind == "stall":
            self._wait_for_the_client()
        self.fake.close_record(call, "aborted")
        if trouble.kind == "error_line":
            self._send_line({"error": trouble.message})
        if trouble.kind == "mid_line":
            self._send_chunk(b'{"model":"llama3.2:3b","message":{"role":"assistant","cont')
        if trouble.kind in ("error_line", "end_early", "mid_line"):
            # The connection stays open, as with the real server: closing it now would race
            # with the client's next call on it.
            self._end_stream()
            return True
        if trouble.kind == "bad_chunk":
            self.wfile.write(b"none\r\n{}\r\n")
        if trouble.kind == "reset":
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            # Closing, not shutting down: only then does the client get a reset.
            self.connection.close()
        raise ConnectionAbortedError(trouble.kind)

    def _wait_for_the_client(self) -> None:
        """Say nothing until it has gone."""
        while not self.fake.stopping.wait(0.02) and not self._client_left():
            pass

    def _client_left(self) -> bool:
        ready, _, _ = select.select([self.connection], [], [], 0)
        return bool(ready) and not self.connection.recv(1, socket.MSG_PEEK)

    def _model(self, body: dict[str, Any]) -> FakeModel:
        name = _required(body, "model")
        model = self.fake.models.get(payloads.full_name(name))
        if model is None:
            raise Refusal(404, f"model '{name}' not found")
        return model

    def _send_json(
        self, value: Any, status: int = 200, headers: Mapping[str, str] = NO_HEADERS
    ) -> None:
        content = json.dumps(value).encode()
        self._send(status, "application/json; charset=utf-8", content, headers)

    def _send(
        self, status: int, kind: str, content: bytes, headers: Mapping[str, str] = NO_HEADERS
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _begin_stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def _send_line(self, value: Any) -> None:
        # As Go does, characters are not escaped; most of them are more than one byte.
        line = json.dumps(value, ensure_ascii=False).encode() + b"\n"
        for chunk in [line[n : n + 1] for n in range(len(line))] if self.is_slow else [line]:
            self._send_chunk(chunk)

    def _send_chunk(self, chunk: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))

    def _end_stream(self) -> None:
        self.wfile.write(b"0\r\n\r\n")


def _parsed(raw: bytes) -> dict[str, Any]:
    if not raw:
        raise Refusal(400, "missing request body")
    try:
        body = json.loads(raw)
    except ValueError as error:
        raise Refusal(400, str(error)) from error
    if not isinstance(body, dict):
        raise Refusal(400, "json: cannot unmarshal the request")
    return body


def _required(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    if not value:
        raise Refusal(400, f"{name} is required")
    return str(value)


def _cut(text: str, options: dict[str, Any]) -> tuple[list[str], str]:
    """The tokens of `text` up to a stop word or `num_predict`, and the reason for the end."""
    found = [text.find(stop) for stop in options.get("stop") or []]
    text = text[: min((place for place in found if place >= 0), default=len(text))]
    pieces = payloads.tokens(text)
    limit = options.get("num_predict") or -1
    return (pieces[:limit], "length") if 0 < limit < len(pieces) else (pieces, "stop")


def _closing(
    body: dict[str, Any], spoken: list[str], written: int, reason: str, began: int
) -> dict[str, Any]:
    context = (body.get("options") or {}).get("num_ctx") or DEFAULT_CONTEXT
    prompt = sum(len(payloads.tokens(text)) + 4 for text in spoken)
    elapsed = time.perf_counter_ns() - began
    closing = {
        "done": True,
        "done_reason": reason,
        "total_duration": elapsed + 2_000_000,
        "load_duration": 1_000_000,
        # An overlong prompt is cut without a word, as the real server does.
        "prompt_eval_count": prompt if prompt <= context else context // 2,
        "prompt_eval_duration": 1_000_000,
        "eval_count": written,
        "eval_duration": elapsed,
    }
    # Zeros are left out, as the real server does.
    return {name: value for name, value in closing.items() if value}


def _chat_part(text: str) -> dict[str, Any]:
    return {"message": {"role": "assistant", "content": text}}


def _generate_part(text: str) -> dict[str, Any]:
    return {"response": text}
