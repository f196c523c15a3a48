"""Finding Ollama on this machine: its address, its version, its models and their contexts."""

import asyncio
import ipaddress
import json
import os
import ssl
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx

from marketer_desktop.llm.errors import ModelError, ModelNotFound, ModelUnavailable, classify
from marketer_desktop.llm.ollama_safety import DEFAULT_PORT, warnings_about

DEFAULT_CONTEXT_TOKENS = 4096  # what Ollama loads a model with when nobody says otherwise
# Checking gigabytes takes Ollama minutes without a word; finding out that nobody listens, none.
PATIENCE = httpx.Timeout(None, connect=5.0)
_SCHEME_PORTS = {"http": 80, "https": 443}
_ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - replaced, never listened on


@dataclass(frozen=True)
class OllamaModel:
    """A chat model that Ollama has: `parameters` like “8.0B”, `quantization` like “Q4_K_M”."""

    name: str
    size_bytes: int
    parameters: str
    quantization: str
    family: str


@dataclass(frozen=True)
class PullProgress:
    """How far a download is, in bytes over all its parts; `total` is 0 until it is known."""

    status: str
    completed: int
    total: int


@dataclass(frozen=True)
class OllamaState:
    """What was found at `host`.

    `problem` says what is not well and what to do, `warnings` what works and is unsafe.
    """

    running: bool
    version: str
    host: str
    models: list[OllamaModel]
    problem: str | None = None
    warnings: list[str] = field(default_factory=list)


def ollama_host(environment: Mapping[str, str]) -> str:
    """The address of Ollama as `scheme://host:port[/path]`, from `OLLAMA_HOST` or the default.

    Understands what Ollama's own clients do: `host`, `host:port`, `:port`, a scheme (whose port
    is then 80 or 443), a path, IPv6 with or without brackets. An address to listen on everywhere
    becomes this machine. Raises `ModelUnavailable` for anything else.
    """
    named = environment.get("OLLAMA_HOST", "").strip().strip("\"'").strip()
    try:
        return _normal(named)
    except ValueError as error:
        raise ModelUnavailable(
            f"OLLAMA_HOST is “{named}”, which is not an address. Write it as host:port, for "
            f"example 127.0.0.1:{DEFAULT_PORT}."
        ) from error


def _normal(named: str) -> str:
    scheme, separator, rest = named.partition("://")
    if not separator:
        scheme, rest = "http", named
    if scheme not in _SCHEME_PORTS:
        raise ValueError(f"unknown scheme {scheme}")
    default_port = _SCHEME_PORTS[scheme] if separator else DEFAULT_PORT
    parts = urlsplit(f"{scheme}://{_bracketed(rest)}")
    host = parts.hostname or "127.0.0.1"
    host = _ANY_ADDRESS.get(host, host)
    if ":" in host:
        host = f"[{host}]"
    path = parts.path.strip("/")
    return f"{scheme}://{host}:{parts.port or default_port}" + (f"/{path}" if path else "")


def _bracketed(rest: str) -> str:
    """Put brackets around a bare IPv6 address, whose colons would read as a port."""
    try:
        return f"[{ipaddress.IPv6Address(rest.rstrip('/'))}]"
    except ValueError:
        return rest


async def detect(host: str, timeout: float = 1.0) -> OllamaState:
    """Look for Ollama at `host`, waiting at most `timeout` seconds for each answer.

    Never raises for what it finds: a host that is silent, foreign or ill is described in
    `problem`. Models that only embed are left out.
    """
    try:
        async with _client(host, timeout) as client:
            version = await _version(client)
            models = await _chat_models(client)
    except (httpx.HTTPStatusError, ValueError, KeyError, TypeError):
        return OllamaState(False, "", host, [], _foreign(host))
    except (httpx.HTTPError, httpx.InvalidURL):
        return OllamaState(False, "", host, [], _silent(host))
    problem = None if models else "Ollama has no chat model yet; get one with “ollama pull”."
    warnings = await warnings_about(host, version, os.environ)
    return OllamaState(True, version, host, models, problem, warnings)


def slots(environment: Mapping[str, str], most: int) -> int:
    """How many calls to have in flight: as many as `OLLAMA_NUM_PARALLEL` says, if it is set.

    More would wait at the server, which makes them no slower, but is of no use either.
    """
    named = environment.get("OLLAMA_NUM_PARALLEL", "").strip()
    return min(int(named), most) if named.isascii() and named.isdigit() and int(named) else most


async def context_length(host: str, model: str, timeout: float = 5.0) -> int:
    """The tokens that `model` was trained to hold; Ollama's default if it does not say.

    Raises `ModelNotFound` or `ModelUnavailable`.
    """
    try:
        async with _client(host, timeout) as client:
            shown = await _show(client, model)
    except httpx.HTTPError as error:
        raise classify(error) from error
    info = shown.get("model_info") or {}
    length = info.get(f"{info.get('general.architecture')}.context_length")
    return int(length) if length else DEFAULT_CONTEXT_TOKENS


async def pull(host: str, model: str) -> AsyncGenerator[PullProgress, None]:
    """Have Ollama download `model`; ends once the model is there.

    Leaving the iterator stops the download; what has come is kept and the next pull goes on
    from there. Raises `ModelNotFound` or `ModelUnavailable`.
    """
    parts: dict[str, tuple[int, int]] = {}
    try:
        async with (
            _client(host, PATIENCE) as client,
            client.stream("POST", "/api/pull", json={"model": model}) as answer,
        ):
            if answer.is_error:
                await answer.aread()
                raise _pull_failure(model, _error_of(answer))
            async for line in answer.aiter_lines():
                told = json.loads(line)
                if "error" in told:
                    raise _pull_failure(model, str(told["error"]))
                if told.get("total"):
                    known = (int(told.get("completed") or 0), int(told["total"]))
                    parts[str(told.get("digest"))] = known
                done, total = (sum(part[which] for part in parts.values()) for which in (0, 1))
                yield PullProgress(str(told["status"]), done, total)
                if told["status"] == "success":
                    return
    except (httpx.HTTPError, ValueError, KeyError) as error:
        raise ModelUnavailable(_interrupted(model)) from error
    raise ModelUnavailable(_interrupted(model))


def _error_of(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["error"])
    except (ValueError, KeyError, TypeError):
        return f"HTTP {answer.status_code}"


def _pull_failure(model: str, message: str) -> ModelError:
    if "file does not exist" in message or "not found" in message:
        return ModelNotFound(
            f"Ollama's library has no model “{model}”. Check its name on ollama.com/library."
        )
    return ModelUnavailable(f"Ollama could not get “{model}”: {message}. Try again.")


def _interrupted(model: str) -> str:
    return (
        f"The download of “{model}” was cut off. What has come is kept: start Ollama if it does "
        "not run, then try again."
    )


@cache
def certificates() -> ssl.SSLContext:
    """Whom to trust, for a host with https.

    Shared: else each client would read them all, and a call takes four clients.
    """
    return httpx.create_ssl_context(trust_env=False)


def _client(host: str, timeout: float | httpx.Timeout) -> httpx.AsyncClient:
    # Without trust_env=False a proxy in the environment would get even loopback calls.
    return httpx.AsyncClient(base_url=host, timeout=timeout, trust_env=False, verify=certificates())


async def _version(client: httpx.AsyncClient) -> str:
    answer = await client.get("/api/version")
    answer.raise_for_status()
    return str(answer.json()["version"])


async def _chat_models(client: httpx.AsyncClient) -> list[OllamaModel]:
    answer = await client.get("/api/tags")
    answer.raise_for_status()
    listed = answer.json().get("models") or []
    chats = await asyncio.gather(*(_can_chat(client, entry["name"]) for entry in listed))
    return [_model(entry) for entry, chat in zip(listed, chats, strict=True) if chat]


async def _can_chat(client: httpx.AsyncClient, name: str) -> bool:
    """Old servers report no capabilities, and one unreadable model must not hide the others."""
    try:
        capabilities = (await _show(client, name)).get("capabilities")
    except (httpx.HTTPError, ValueError):
        return True
    return not capabilities or "completion" in capabilities


async def _show(client: httpx.AsyncClient, model: str) -> dict[str, Any]:
    answer = await client.post("/api/show", json={"model": model})
    answer.raise_for_status()
    shown: dict[str, Any] = answer.json()
    return shown


def _model(entry: dict[str, Any]) -> OllamaModel:
    details = entry.get("details") or {}
    return OllamaModel(
        name=entry["name"],
        size_bytes=int(entry.get("size") or 0),
        parameters=str(details.get("parameter_size") or ""),
        quantization=str(details.get("quantization_level") or ""),
        family=str(details.get("family") or ""),
    )


def _silent(host: str) -> str:
    return f"Nothing answers at {host}. Start Ollama to use its models; the built-in one works."


def _foreign(host: str) -> str:
    return f"What answers at {host} is not Ollama. Set OLLAMA_HOST to where Ollama listens."
