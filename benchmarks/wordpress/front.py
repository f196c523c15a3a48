"""HTTPS in front of PHP's own server, as a web server has it, with what web servers get wrong."""

import http.client
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingTCPServer
from typing import Any, cast

OF_A_CONNECTION = {"connection", "keep-alive", "transfer-encoding", "content-length", "host"}


class Front(ThreadingTCPServer):
    """Hands requests on to `port`; `strips_authorization` is what some servers do by default."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self, certificate: Path) -> None:
        self.port = 0
        self.strips_authorization = False
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(certificate)
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def address(self) -> str:
        """`https://127.0.0.1:port`."""
        return f"https://127.0.0.1:{self.server_address[1]}"

    def finish_request(self, request: Any, client_address: Any) -> None:
        """In the connection's own thread, so that a slow handshake holds nobody up."""
        super().finish_request(self._tls.wrap_socket(request, server_side=True), client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away or does not trust us is no news."""
        if not isinstance(sys.exception(), ConnectionError | ssl.SSLError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def _hand_on(self) -> None:
        front = cast(Front, self.server)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {
            name: value
            for name, value in self.headers.items()
            if name.lower() not in OF_A_CONNECTION
            and not (front.strips_authorization and name.lower() == "authorization")
        }
        headers |= {"Host": self.headers["Host"], "X-Forwarded-Proto": "https"}
        there = http.client.HTTPConnection("127.0.0.1", front.port, timeout=60)
        there.request(self.command, self.path, body or None, headers)
        answer = there.getresponse()
        told = answer.read()
        there.close()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in OF_A_CONNECTION:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _hand_on


@contextmanager
def in_front(certificate: Path) -> Iterator[Front]:
    """A front on a free port, in a thread."""
    with Front(certificate) as front:
        thread = threading.Thread(target=front.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield front
        finally:
            front.shutdown()
            thread.join()
