"""Requests to a site: what leaves is noted, and what fails is said so that a person knows."""

import socket
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx

from marketer_desktop import __version__
from marketer_desktop.domain.loopback import is_loopback
from marketer_desktop.domain.publishing import Cause
from marketer_desktop.domain.retry_after import seconds_asked
from marketer_desktop.publishing.sites.problems import SiteProblem
from marketer_desktop.publishing.sites.public_hosts import PublicHosts

Kind = TypeVar("Kind", bound=BaseException)
Told = Callable[[httpx.Response], bool]
Note = Callable[[str, int], None]  # hears of each request: the host, and the bytes that left

USER_AGENT = f"marketer-desktop/{__version__}"
CONNECT_SECONDS, ANSWER_SECONDS = 10.0, 60.0
MOST_SHOWN = 200
# Before these, nothing has left.
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
SILENT = "{host} does not answer. Check the connection."
CLOSED = "{host} cannot be reached. Check the address and the connection."
BROKEN = "The connection to {host} broke. Check the connection."
NO_NAME = "{host} is not found: this computer is offline, or the address is wrong."
NO_TLS = "{host} does not speak https there. Nothing was sent. Check the address and its port."
UNTRUSTED = (
    "The certificate of {host} is not trusted: {reason}. Nothing was sent. Check the address, the "
    "clock of this computer, and with the host of the site that its certificate is valid."
)
BUSY = "{host} is busy or out of order (HTTP {status})."
MOVED = "{host} sends on to {place}. Give that address instead."
NOT_JSON = "What answers at {host} is no {site}. Check the address."


def _never(answer: httpx.Response) -> bool:
    return False


@cache
def certificates() -> ssl.SSLContext:
    """Whom to trust. Shared: reading them takes as long as a whole text does."""
    return httpx.create_ssl_context()


class SiteWire:
    """A site at its address; with `public_only` it may lie on no private network."""

    def __init__(
        self,
        address: str,
        note: Note,
        *,
        public_only: bool = False,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.address, self.host = address, urlsplit(address).hostname or ""
        self._note = note
        if public_only:
            inner = transport or httpx.AsyncHTTPTransport(verify=certificates())
            transport = PublicHosts(inner)
        self._client = httpx.AsyncClient(
            transport=transport,
            verify=certificates(),
            timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
            # A proxy of the environment must not hear what stays on this computer.
            trust_env=not is_loopback(self.host),
            follow_redirects=False,
            headers={"User-Agent": USER_AGENT, "Accept": "application/json"},
        )

    async def send(
        self, method: str, url: str, *, is_told: Told = _never, **parts: Any
    ) -> httpx.Response:
        """The answer; `parts` are httpx's. Raises `SiteProblem` where none is to be worked with.

        `is_told` says of an answer that looks like a breakdown that it is a refusal with a reason.
        """
        request = self._client.build_request(method, url, **parts)
        sent = True
        try:
            answer = await self._client.send(request)
        except SiteProblem:  # of the transport
            sent = False
            raise
        except httpx.HTTPError as error:
            sent = not isinstance(error, NOT_SENT)
            raise self._unreachable(error) from error
        finally:
            if sent:
                self._note(self.host, int(request.headers.get("Content-Length", 0)))
        if not (answer.is_server_error and is_told(answer)):
            self._refuse_unusable(answer)
        return answer

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    def _refuse_unusable(self, answer: httpx.Response) -> None:
        status = answer.status_code
        if status in (408, 425, 429) or status >= 500:
            wait = seconds_asked(answer.headers, datetime.now(UTC))
            raise SiteProblem("busy", BUSY.format(host=self.host, status=status), wait)
        if answer.is_redirect:
            place = str(answer.headers.get("Location", ""))[:MOST_SHOWN]
            raise SiteProblem("address", MOVED.format(host=self.host, place=place))

    def _unreachable(self, error: httpx.HTTPError) -> SiteProblem:
        cause, said = _said(error)
        certificate = _reason(error, ssl.SSLCertVerificationError)
        reason = certificate.verify_message if certificate else ""
        return SiteProblem(cause, said.format(host=self.host, reason=reason))


def json_object(answer: httpx.Response, host: str, site: str) -> dict[str, Any]:
    """The answer's body. Raises `SiteProblem` for what is no JSON object."""
    try:
        body = answer.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise SiteProblem("address", NOT_JSON.format(host=host, site=site))
    return body


def json_objects(answer: httpx.Response, host: str, site: str) -> list[dict[str, Any]]:
    """The objects in the answer's list. Raises `SiteProblem` for what is no list in JSON."""
    try:
        body = answer.json()
    except ValueError:
        body = None
    if not isinstance(body, list):
        raise SiteProblem("address", NOT_JSON.format(host=host, site=site))
    return [each for each in body if isinstance(each, dict)]


def _said(error: httpx.HTTPError) -> tuple[Cause, str]:
    if isinstance(error, httpx.TimeoutException):
        return "connection", SILENT
    if _reason(error, ssl.SSLCertVerificationError):
        return "certificate", UNTRUSTED
    if isinstance(error, NOT_SENT) and _reason(error, ssl.SSLError):
        return "certificate", NO_TLS
    if _reason(error, socket.gaierror):
        return "connection", NO_NAME
    return "connection", CLOSED if isinstance(error, NOT_SENT) else BROKEN


def _reason(error: BaseException | None, kind: type[Kind]) -> Kind | None:
    """What of this kind it came of: the libraries wrap what the system has said."""
    while error is not None and not isinstance(error, kind):
        error = error.__cause__ or error.__context__
    return error
