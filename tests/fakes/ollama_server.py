"""An Ollama server for tests: true to the protocol, deterministic, and ill-behaved on demand.

In a test: `with OllamaServer() as server: ... server.address`. As a process of its own:
`python tests/fakes/ollama_server.py --port 0 --log FILE` prints `{"address": ...}` and writes
one JSON line for every model call that starts, finishes or is aborted.
"""

import argparse
import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from socket import SHUT_RDWR, socket
from socketserver import ThreadingTCPServer
from types import TracebackType
from typing import Any, Literal, Self

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.fakes import ollama_payloads as payloads
from tests.fakes.ollama_handler import OllamaHandler
from tests.fakes.ollama_payloads import CHAT, EMBEDDER, PULLABLE, FakeModel
from tests.fakes.ollama_troubles import Trouble
from tests.fakes.prose import fill_schema, prose, wanted_words

Answer = Callable[[dict[str, Any]], str]


@dataclass
class Recorded:
    """A model call: `body` as it came over the wire, `outcome` as the server saw it."""

    endpoint: str
    hash: str
    body: dict[str, Any]
    headers: dict[str, str]
    outcome: Literal["started", "finished", "aborted"] = "started"


def write_answer(body: dict[str, Any]) -> str:
    """Prose about the last user message, or JSON where the request has a format."""
    messages = body.get("messages") or [{"role": "user", "content": body.get("prompt", "")}]
    asked = [str(message["content"]) for message in messages if message["role"] == "user"]
    prompt = asked[-1] if asked else ""
    seed = payloads.request_hash(body)
    shape = body.get("format")
    if shape:
        return json.dumps(fill_schema({} if shape == "json" else shape, prompt, seed))
    return prose(prompt, wanted_words(prompt), seed)


class OllamaServer:
    """The server, on a loopback port of its own unless one is given, in a background thread.

    `answer` writes the text for a request body; `token_seconds` is the pause before each token,
    `slots` how many calls it decodes at once while others wait without a word, and
    `pull_seconds` the pause before each line of a download. `pulled` has what downloads have said.
    `requests` has every model call in order; `started` and `finished` count them by hash.
    """

    def __init__(
        self,
        answer: Answer = write_answer,
        *,
        models: Sequence[FakeModel] = (CHAT, EMBEDDER),
        token_seconds: float = 0.0,
        slots: int | None = None,
        port: int = 0,
        log: Path | None = None,
    ) -> None:
        self.answer = answer
        self.models = {model.name: model for model in models}
        self.pullable = {PULLABLE.name: PULLABLE}
        self.pull_seconds = 0.0
        self.pulled: list[str] = []
        self.loaded: set[str] = set()
        self.token_seconds = token_seconds
        self.slots = threading.Semaphore(slots) if slots else nullcontext()
        self.requests: list[Recorded] = []
        self.stopping = threading.Event()
        self._troubles: list[Trouble] = []
        self._forever: Trouble | None = None
        self._planned: dict[str, Iterator[Trouble | None]] = {}
        self._lock = threading.Lock()
        self._log = log.open("a", encoding="utf-8") if log else None
        self._listener = _Listener(("127.0.0.1", port), OllamaHandler)
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
        self.stopping.set()
        self._listener.shutdown()
        self.hang_up()
        self._listener.server_close()
        self._thread.join()
        if self._log:
            self._log.close()

    def hang_up(self) -> None:
        """End all open connections, such as clients that were killed may have left."""
        self._listener.hang_up()

    @property
    def address(self) -> str:
        """`http://127.0.0.1:port`."""
        return f"http://127.0.0.1:{self._listener.server_address[1]}"

    @property
    def started(self) -> Counter[str]:
        """How often each request hash was begun."""
        return Counter(request.hash for request in self.requests)

    @property
    def finished(self) -> Counter[str]:
        """How often each request hash was answered to its end."""
        return Counter(call.hash for call in self.requests if call.outcome == "finished")

    def misbehave(self, trouble: Trouble, times: int | None = None) -> None:
        """Go wrong for the next `times` model calls, or for all from now on."""
        if times is None:
            self._forever = trouble
        else:
            self._troubles += [trouble] * times

    def plan(self, word: str, troubles: Iterable[Trouble | None]) -> None:
        """Go wrong like this, one after the other, for the calls with `word` in their prompt."""
        self._planned[word] = iter(troubles)

    def behave(self) -> None:
        """Forget all trouble."""
        self._troubles, self._forever = [], None

    def next_trouble(self, spoken: Sequence[str]) -> Trouble | None:
        """The trouble for the call that begins now."""
        with self._lock:
            for word, troubles in self._planned.items():
                if any(word in text for text in spoken):
                    return next(troubles, None)
            return self._troubles.pop(0) if self._troubles else self._forever

    def record(self, endpoint: str, body: dict[str, Any], headers: dict[str, str]) -> Recorded:
        """Note that a model call has begun."""
        call = Recorded(endpoint, payloads.request_hash(body), body, headers)
        with self._lock:
            self.requests.append(call)
        self._note(call)
        return call

    def close_record(self, call: Recorded, outcome: Literal["finished", "aborted"]) -> None:
        """Note how a model call ended; the first word counts."""
        if call.outcome == "started":
            call.outcome = outcome
            self._note(call)

    def _note(self, call: Recorded) -> None:
        if self._log is None:
            return
        line = {"event": call.outcome, "hash": call.hash, "endpoint": call.endpoint}
        with self._lock:
            self._log.write(json.dumps(line | {"at": time.time()}) + "\n")
            self._log.flush()


class _Listener(ThreadingTCPServer):
    """Remembers its connections: kept-alive ones would hold their threads for ever."""

    # Not http.server's own class: it looks up the host's name, which is a packet to DNS.
    allow_reuse_address = True
    request_queue_size = 64
    fake: OllamaServer

    def __init__(self, address: tuple[str, int], handler: type[OllamaHandler]) -> None:
        self._open: set[socket] = set()
        super().__init__(address, handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no news; anything else is a fault of this file."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def hang_up(self) -> None:
        """End all open connections."""
        for connection in list(self._open):
            try:
                connection.shutdown(SHUT_RDWR)
            except OSError:
                self._open.discard(connection)


def main() -> None:
    """Serve until interrupted."""
    words = argparse.ArgumentParser(description="A deterministic Ollama server for tests.")
    words.add_argument("--port", type=int, default=0)
    words.add_argument("--log", type=Path)
    words.add_argument("--token-seconds", type=float, default=0.0)
    given = words.parse_args()
    server = OllamaServer(port=given.port, log=given.log, token_seconds=given.token_seconds)
    with server:
        sys.stdout.write(json.dumps({"address": server.address}) + "\n")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
