"""An Ollama that is old, open to the network, or elsewhere is used, and said to be so."""

import socket
from collections.abc import Iterator
from typing import Any

import psutil
import pytest

from marketer_desktop.llm import ollama_safety
from marketer_desktop.llm.ollama_host import detect
from marketer_desktop.llm.ollama_safety import LEAST_SAFE_VERSION, OPEN, older, warnings_about
from marketer_desktop.system.addresses import is_open_to_others, own_addresses
from tests.fakes import ollama_payloads
from tests.fakes.ollama_server import OllamaServer

HERE = "http://127.0.0.1:9"  # nobody listens there


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a network."""
    monkeypatch.setattr(ollama_safety, "own_addresses", list)


@pytest.fixture
def server() -> Iterator[OllamaServer]:
    with OllamaServer() as running:
        yield running


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("0.1.33", True),
        ("0.9.6", True),
        ("0.17.0", True),
        ("v0.17.0", True),
        ("0.17.1-rc2", True),
        ("0.17.1", False),
        ("0.17.10", False),
        ("0.24.0", False),
        ("1.0.0", False),
        ("1.0", False),
        ("0.0.0", False),
        ("built by hand", False),
        ("", False),
    ],
)
def test_versions_are_compared_by_their_numbers(version: str, expected: bool) -> None:
    assert older(version, LEAST_SAFE_VERSION) is expected


async def test_an_old_version_is_named_with_the_one_to_get(
    server: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await detect(server.address)).warnings == []
    monkeypatch.setattr(ollama_payloads, "VERSION", "0.12.6")
    state = await detect(server.address)
    assert state.running and state.models
    (warning,) = state.warnings
    assert "0.12.6 has known security holes" in warning and LEAST_SAFE_VERSION in warning


@pytest.mark.parametrize(
    ("named", "is_open"),
    [
        ("0.0.0.0", True),  # noqa: S104 - read, not listened on
        ("0.0.0.0:11434", True),
        ("http://0.0.0.0:11434/", True),
        ("[::]:11434", True),
        ("::", True),
        ("127.0.0.1", False),
        ("10.0.0.0", False),
        ("", False),
    ],
)
async def test_an_environment_that_opens_it_to_everybody(named: str, is_open: bool) -> None:
    found = await warnings_about(HERE, LEAST_SAFE_VERSION, {"OLLAMA_HOST": named})
    assert found == ([OPEN] if is_open else [])


@pytest.mark.parametrize(
    ("place", "is_open"),
    [
        ("127.0.0.1", False),
        ("0.0.0.0", True),  # noqa: S104 - what is tested
        ("::1", False),
        ("::", True),
        ("::ffff:127.0.0.1", False),
    ],
)
async def test_a_server_that_listens_beyond_loopback(place: str, is_open: bool) -> None:
    family = socket.AF_INET6 if ":" in place else socket.AF_INET
    with socket.socket(family) as listener:
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        listener.bind((place, 0))
        listener.listen()
        host = f"http://127.0.0.1:{listener.getsockname()[1]}"
        assert await warnings_about(host, LEAST_SAFE_VERSION, {}) == ([OPEN] if is_open else [])


async def test_where_the_system_does_not_say_it_is_tried(
    server: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ollama_safety, "is_open_to_others", lambda port: None)
    # Another loopback address stands for the one of a network card; ours answers at one only.
    monkeypatch.setattr(ollama_safety, "own_addresses", lambda: ["127.0.0.2"])
    assert await warnings_about(server.address, LEAST_SAFE_VERSION, {}) == []
    monkeypatch.setattr(ollama_safety, "own_addresses", lambda: ["127.0.0.2", "127.0.0.1"])
    host = server.address.replace("127.0.0.1", "localhost")
    assert await warnings_about(host, LEAST_SAFE_VERSION, {}) == [OPEN]


async def test_another_program_at_that_address_is_not_taken_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ollama_safety, "is_open_to_others", lambda port: None)
    monkeypatch.setattr(ollama_safety, "own_addresses", lambda: ["127.0.0.3"])
    monkeypatch.setattr(ollama_safety, "KNOCK_SECONDS", 0.1)
    with socket.create_server(("127.0.0.3", 0)) as mute:
        host = f"http://127.0.0.1:{mute.getsockname()[1]}"
        assert await warnings_about(host, LEAST_SAFE_VERSION, {}) == []


async def test_another_machine_gets_the_prompts(monkeypatch: pytest.MonkeyPatch) -> None:
    (elsewhere,) = await warnings_about("http://192.0.2.7:11434", LEAST_SAFE_VERSION, {})
    assert "192.0.2.7" in elsewhere and "leave this one" in elsewhere
    monkeypatch.setattr(ollama_safety, "own_addresses", lambda: ["192.0.2.7"])
    assert await warnings_about("http://192.0.2.7:11434", LEAST_SAFE_VERSION, {}) == [OPEN]


def test_a_system_that_tells_only_root_is_not_asked_further(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def denied(kind: str) -> None:
        raise psutil.AccessDenied

    monkeypatch.setattr("psutil.net_connections", denied)
    assert is_open_to_others(9) is None


def test_own_addresses_are_those_that_others_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    def entry(family: socket.AddressFamily, address: str) -> Any:
        return type("Entry", (), {"family": family, "address": address})

    listed = {
        "lo": [entry(socket.AF_INET, "127.0.0.1"), entry(socket.AF_INET6, "::1")],
        "eth0": [
            entry(socket.AF_INET, "192.0.2.7"),
            entry(socket.AF_INET6, "2001:db8::7"),
            entry(socket.AF_INET6, "fe80::1%eth0"),
            entry(socket.AF_UNIX, "02:42:ac:11:00:02"),
        ],
    }
    monkeypatch.setattr("psutil.net_if_addrs", lambda: listed)
    assert own_addresses() == ["192.0.2.7", "2001:db8::7"]
