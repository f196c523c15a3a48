"""Requests to one server: what leaves is noted, and what fails is said so that a person knows."""

import socket
import ssl
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
from pydantic import BaseModel, TypeAdapter

from marketer_desktop import __version__
from marketer_desktop.domain.departures import Departure
from marketer_desktop.domain.loopback import is_loopback
from marketer_desktop.llm.errors import wait_named_in
from marketer_desktop.observability.departures import Noted
from marketer_desktop.services.server_problems import Unreachable

Model = TypeVar("Model", bound=BaseModel)
Cause = TypeVar("Cause", bound=BaseException)
Note = Callable[[Noted, int], None]

USER_AGENT = f"marketer-desktop/{__version__}"
CONNECT_SECONDS, ANSWER_SECONDS = 10.0, 60.0
# Before these, nothing has left.
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
SAFE = "What is on this computer is safe."
NO_SERVER = "What answers at {host} is no Marketer server. Check the address and the connection."
BUSY = "{host} is busy or starts (HTTP {status}). {safe} Give it a while."
SILENT = "{host} does not answer. {safe} Check the connection."
CLOSED = "{host} cannot be reached. {safe} Check the connection."
BROKEN = "The connection to {host} broke. {safe} Check the connection."
NO_NAME = "{host} is not found: this computer is offline, or the address is wrong. {safe}"
NO_TLS = "{host} does not speak https there. Nothing was sent. Check the address and its port."
UNTRUSTED = (
    "The certificate of {host} is not trusted: {reason}. Nothing was sent. Check the address, and "
    "the clock of this computer."
)
_BODY: TypeAdapter[dict[str, Any]] = TypeAdapter(dict[str, Any])


class Wire:
    """A server at its address; `account_id` is for whom things leave."""

    def __init__(
        self,
        address: str,
        note: Note,
        transport: httpx.AsyncBaseTransport | None = None,
        account_id: int | None = None,
    ) -> None:
        self.address, self.host = address, urlsplit(address).hostname or ""
        self._note, self._account_id = note, account_id
        self._client = httpx.AsyncClient(
            base_url=address,
            transport=transport,
            timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
            # A proxy of the environment must not hear what stays on this computer.
            trust_env=not is_loopback(self.host),
            follow_redirects=False,
            headers={"User-Agent": USER_AGENT, "Accept": "application/json"},
        )

    async def send(
        self,
        method: str,
        path: str,
        *,
        kind: Departure,
        what: str,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
        **body: Any,
    ) -> httpx.Response:
        """The answer, whatever its status; `body` is httpx's json, data or params.

        Raises `Unreachable`.
        """
        request = self._client.build_request(
            method,
            path,
            headers=headers,
            timeout=httpx.USE_CLIENT_DEFAULT if timeout is None else timeout,
            **body,
        )
        sent = True
        try:
            return await self._client.send(request)
        except NOT_SENT as error:
            sent = False
            raise self._unreachable(error) from error
        except httpx.HTTPError as error:
            raise self._unreachable(error) from error
        finally:
            if sent:
                noted = Noted(kind, request.url.host, what, self._account_id)
                self._note(noted, len(request.content))

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    def data(self, response: httpx.Response, kind: type[Model]) -> Model:
        """What the server has answered. Raises `Unreachable` for what is no such answer."""
        try:
            return kind.model_validate(self.body(response)["data"])
        except (ValueError, KeyError):
            raise self.unusable(response) from None

    def body(self, response: httpx.Response) -> dict[str, Any]:
        """The envelope. Raises `Unreachable` for what is none."""
        try:
            return _BODY.validate_json(response.content)
        except ValueError:
            raise self.unusable(response) from None

    def unusable(self, response: httpx.Response) -> Unreachable:
        """That this is no answer to work with, and when another may come."""
        status = response.status_code
        if status == 429 or status >= 500:
            said = BUSY.format(host=self.host, status=status, safe=SAFE)
            return Unreachable(said, wait_named_in(response.headers))
        return Unreachable(NO_SERVER.format(host=self.host))

    def _unreachable(self, error: httpx.HTTPError) -> Unreachable:
        certificate = _cause(error, ssl.SSLCertVerificationError)
        reason = certificate.verify_message if certificate else ""
        return Unreachable(_said(error).format(host=self.host, safe=SAFE, reason=reason))


def _said(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return SILENT
    if _cause(error, ssl.SSLCertVerificationError):
        return UNTRUSTED
    if _cause(error, ssl.SSLError):
        return NO_TLS
    if _cause(error, socket.gaierror):
        return NO_NAME
    return CLOSED if isinstance(error, NOT_SENT) else BROKEN


def code_of(response: httpx.Response) -> str | None:
    """The code of a refusal as our servers write it; None for the answers of others."""
    try:
        return str(response.json()["error"]["code"])
    except (ValueError, KeyError, TypeError):
        return None


def _cause(error: BaseException | None, kind: type[Cause]) -> Cause | None:
    """What of this kind it came of: the libraries wrap what the system has said."""
    while error is not None and not isinstance(error, kind):
        error = error.__cause__ or error.__context__
    return error
