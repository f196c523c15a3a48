"""Servers of OpenAI, Anthropic and Mistral for tests: true to their protocols, and ill on demand.

`with CloudServer("openai", "key") as server: server.address`. The shapes are those of the
providers' own API references; the official clients read them in `tests/integration/test_cloud.py`.
"""

import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from types import TracebackType
from typing import Any, Literal, Self, cast

from tests.fakes import cloud_payloads
from tests.fakes.cloud_payloads import Provider, Reply

Kind = Literal["refuse", "end_early", "hang_up", "error_event"]


@dataclass(frozen=True)
class Illness:
    """How a call goes wrong: `refuse` at once with `status` and `body`, others in mid-stream."""

    kind: Kind
    status: int = 200
    body: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """A call as it came over the wire."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


class CloudServer:
    """One provider on a loopback port, in a background thread; answers with `reply`.

    `answer` may write a reply for the body of each call. The next calls meet the `ills` in order,
    then all is well. `seen` has the calls in order.
    """

    def __init__(self, provider: Provider, key: str, models: Sequence[str] = ("model-a",)) -> None:
        self.provider: Provider = provider
        self.key = key
        self.models = list(models)
        self.reply = Reply(["Coffee ", "needs ", "water."])
        self.answer: Callable[[dict[str, Any]], Reply] = lambda body: self.reply
        self.ills: list[Illness] = []
        self.seen: list[Seen] = []
        self._listener = _Listener(("127.0.0.1", 0), _Handler)
        self._listener.fake = self
        self._thread = threading.Thread(target=self._listener.serve_forever, args=(0.02,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._listener.shutdown()
        self._listener.server_close()
        self._thread.join()

    @property
    def address(self) -> str:
        """What stands for the provider's address, as `CloudInfo.address` has it."""
        host = f"http://127.0.0.1:{self._listener.server_address[1]}"
        return host if self.provider == "anthropic" else f"{host}/v1"

    @property
    def calls(self) -> list[Seen]:
        """The calls to a model."""
        return [call for call in self.seen if call.body]


class _Listener(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True  # kept-alive connections would hold the end up
    block_on_close = False
    request_queue_size = 64
    fake: CloudServer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    @property
    def fake(self) -> CloudServer:
        return cast(_Listener, self.server).fake

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the tests read the record."""

    def do_GET(self) -> None:
        if self._admitted({}):
            self._answer(200, cloud_payloads.listing(self.fake.provider, self.fake.models))

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self._admitted(body):
            return
        provider = self.fake.provider
        wrong = cloud_payloads.refused_options(provider, body)
        if wrong is not None:
            self._answer(*wrong)
            return
        ill = self.fake.ills.pop(0) if self.fake.ills else None
        if ill is not None and ill.kind == "refuse":
            self._answer(ill.status, ill.body, ill.headers)
            return
        reply = self.fake.answer(body)
        if not body.get("stream"):
            self._answer(200, cloud_payloads.whole(provider, body["model"], reply))
            return
        self._stream(list(cloud_payloads.stream(provider, body, reply)), ill)

    def _stream(self, events: list[str], ill: Illness | None) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        if ill is not None:
            events = events[: len(events) // 2]  # some text, but not its end
        for event in events:
            self._chunk(event.encode())
        if ill is not None and ill.kind == "error_event":
            self._chunk(cloud_payloads.error_event(self.fake.provider, ill.body).encode())
        if ill is not None and ill.kind == "hang_up":
            self.close_connection = True
            return
        self.wfile.write(b"0\r\n\r\n")

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def _admitted(self, body: dict[str, Any]) -> bool:
        self.fake.seen.append(Seen(self.path, dict(self.headers.items()), body))
        given = cloud_payloads.key_in(self.fake.provider, dict(self.headers.items()))
        if given == self.fake.key:
            return True
        self._answer(*cloud_payloads.wrong_key(self.fake.provider, given))
        return False

    def _answer(
        self, status: int, body: dict[str, Any], headers: dict[str, str] | None = None
    ) -> None:
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)
