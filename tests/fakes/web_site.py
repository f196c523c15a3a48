"""What the stand-ins for web sites share: a port of this machine, a record, and cut connections."""

import json
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import Message
from http.server import BaseHTTPRequestHandler
from socket import SHUT_RDWR
from socketserver import ThreadingTCPServer
from types import TracebackType
from typing import Any, Literal, Self, cast
from urllib.parse import parse_qs, unquote, urlsplit

Kind = Literal["before", "after", "half", "instead"]


@dataclass(frozen=True)
class Request:
    """A request as it came over the wire; `path` is without the query."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: Message
    body: bytes

    def asked(self, name: str) -> str | None:
        """What the query says of `name`, the last word counting."""
        return self.query[name][-1] if self.query.get(name) else None

    def listed(self, name: str) -> list[str]:
        """The same as a list, which may be written with commas or as `name[]`."""
        given = [*self.query.get(name, []), *self.query.get(f"{name}[]", [])]
        return [word.strip() for each in given for word in each.split(",") if word.strip()]

    @property
    def json(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.body)

    def parts(self) -> dict[str, Message]:
        """The parts of a multipart body by name."""
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        whole = message_from_bytes(head + self.body, policy=policy.HTTP)
        parts = cast(list[Message], whole.get_payload()) if whole.is_multipart() else []
        return {str(part.get_param("name", header="content-disposition")): part for part in parts}


@dataclass(frozen=True)
class Response:
    """An answer."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json; charset=UTF-8"


@dataclass(frozen=True)
class Trouble:
    """What happens to the next request with this `method` whose path has `path` in it.

    `before`: the connection ends before the request is taken; `after`: it was carried out, and the
    connection ends before the answer; `half`: in the midst of the answer; `instead`: `answer` comes
    and nothing is carried out.
    """

    kind: Kind
    method: str = ""
    path: str = ""
    answer: Response = field(default_factory=lambda: Response(503, b""))

    def strikes(self, request: Request) -> bool:
        """Whether it is this request's."""
        return self.method in ("", request.method) and self.path in request.path


def json_response(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """An answer in JSON."""
    return Response(status, json.dumps(body).encode(), headers or {})


def html_page(title: str, body: str = "", status: int = 200, **headers: str) -> Response:
    """A page for people."""
    page = f"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body>{body}</body></html>"
    return Response(status, page.encode(), headers, "text/html; charset=UTF-8")


class WebSite:
    """A site on a loopback port, in a background thread; `respond` is the site's own part.

    `requests` has what was asked, in order, `troubles` what the next requests meet, and `fate`
    decides for those without. Requests are carried out one at a time.
    """

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.troubles: list[Trouble] = []
        self.fate: Callable[[Request], Trouble | None] = lambda request: None
        self._lock = threading.Lock()
        self._listener = _Listener(("127.0.0.1", 0), _Handler)
        self._listener.site = self
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
        """`http://127.0.0.1:port`."""
        return f"http://127.0.0.1:{self._listener.server_address[1]}"

    def misbehave(self, *troubles: Trouble) -> None:
        """The next requests that these troubles are for meet them, in this order."""
        self.troubles += troubles

    def respond(self, request: Request) -> Response:
        """Carry the request out."""
        raise NotImplementedError

    def take(self, request: Request) -> tuple[Trouble | None, Response | None]:
        """Note the request and carry it out, unless its trouble comes before that."""
        with self._lock:
            self.requests.append(request)
            trouble = self._trouble_of(request)
            if trouble is not None and trouble.kind in ("before", "instead"):
                return trouble, trouble.answer if trouble.kind == "instead" else None
            return trouble, self.respond(request)

    def _trouble_of(self, request: Request) -> Trouble | None:
        for trouble in self.troubles:
            if trouble.strikes(request):
                self.troubles.remove(trouble)
                return trouble
        return self.fate(request)


class _Listener(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True  # kept-alive connections would hold the end up
    block_on_close = False
    request_queue_size = 64
    site: WebSite

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no news; anything else is a fault of these files."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the tests read the record."""

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        target = urlsplit(self.path)
        query = parse_qs(target.query, keep_blank_values=True)
        request = Request(self.command, unquote(target.path), query, self.headers, body)
        trouble, response = cast(_Listener, self.server).site.take(request)
        cut = trouble is not None and trouble.kind in ("before", "after", "half")
        if response is not None and not (cut and trouble and trouble.kind == "after"):
            self._send(response, len(response.body) // 2 if cut else len(response.body))
        if cut:
            self.close_connection = True
            self.connection.shutdown(SHUT_RDWR)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _answer

    def _send(self, response: Response, length: int) -> None:
        """The answer, of its body only `length` bytes."""
        self.send_response(response.status)
        self.send_header("Content-Type", response.content_type)
        self.send_header("Content-Length", str(len(response.body)))
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body[:length])
