"""What a person is told when a server cannot be reached, and what counts as having left."""

import asyncio
import socket
import ssl
from collections.abc import Callable

import httpx
import pytest

from marketer_desktop.hybrid.account.wire import Wire, code_of
from marketer_desktop.observability.departures import Noted
from marketer_desktop.services.server_problems import Unreachable

HERE = ("localhost", "127.0.0.1")
SECRET = "a-secret-of-mine"


def raising(error: Exception, cause: Exception | None) -> Callable[[httpx.Request], httpx.Response]:
    def answer(request: httpx.Request) -> httpx.Response:
        raise error from cause

    return answer


def certificate_error() -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError()
    error.verify_message = "self-signed certificate"
    return error


async def failed(
    error: Exception, cause: Exception | None = None
) -> tuple[str, list[tuple[Noted, int]]]:
    """What is said, and what is noted as having left."""
    noted: list[tuple[Noted, int]] = []
    transport = httpx.MockTransport(raising(error, cause))
    wire = Wire("https://team.example.com", lambda *each: noted.append(each), transport, 7)
    with pytest.raises(Unreachable) as found:
        await wire.send("POST", "/x", kind="sync_push", what="Changes", json={"key": SECRET})
    await wire.close()
    return str(found.value), noted


@pytest.mark.parametrize(
    ("error", "cause", "said"),
    [
        (httpx.ConnectError("x"), None, "team.example.com cannot be reached."),
        (httpx.ConnectError("x"), socket.gaierror(), "team.example.com is not found: this"),
        (httpx.ConnectError("x"), ssl.SSLError(), "team.example.com does not speak https"),
        (httpx.ConnectError("x"), certificate_error(), "is not trusted: self-signed certificate."),
        (httpx.ConnectTimeout("x"), None, "team.example.com does not answer."),
    ],
)
async def test_what_never_left_is_not_noted(
    error: Exception, cause: Exception | None, said: str
) -> None:
    told, noted = await failed(error, cause)
    assert said in told
    assert "is safe" in told or "Nothing was sent" in told
    assert noted == []


async def test_what_may_have_left_is_noted_without_its_content() -> None:
    for error, said in (
        (httpx.ReadTimeout("x"), "does not answer"),
        (httpx.ReadError("x"), "The connection to team.example.com broke"),
        (httpx.RemoteProtocolError("x"), "The connection to team.example.com broke"),
    ):
        told, noted = await failed(error)
        assert said in told
        assert noted == [(Noted("sync_push", "team.example.com", "Changes", 7), 26)]
        assert SECRET not in repr(noted)


async def test_a_request_that_is_given_up_may_have_left() -> None:
    noted: list[tuple[Noted, int]] = []
    asked = asyncio.Event()

    async def never(request: httpx.Request) -> httpx.Response:
        asked.set()
        await asyncio.Event().wait()
        raise AssertionError

    wire = Wire(
        "https://team.example.com", lambda *each: noted.append(each), httpx.MockTransport(never)
    )
    sending = asyncio.create_task(wire.send("GET", "/x", kind="account", what="Nothing much"))
    await asked.wait()
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    await wire.close()
    assert noted == [(Noted("account", "team.example.com", "Nothing much"), 0)]


def test_only_our_servers_have_codes() -> None:
    for body in ("", "<h1>401</h1>", '{"error": "invalid_token"}', '{"error": {}}', "[]", "null"):
        assert code_of(httpx.Response(401, text=body)) is None
    ours = {"success": False, "error": {"code": "UNAUTHORIZED", "message": "x"}}
    assert code_of(httpx.Response(401, json=ours)) == "UNAUTHORIZED"


@pytest.mark.parametrize("host", [*HERE, "team.example.com"])
async def test_proxies_hear_nothing_of_this_computer(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    wire = Wire(f"http://{host}:1", lambda *each: None)
    through = [str(each.pattern) for each, proxy in wire._client._mounts.items() if proxy]
    await wire.close()
    assert bool(through) is (host not in HERE)
