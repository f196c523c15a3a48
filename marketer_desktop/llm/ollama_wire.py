"""The wire to Ollama: what comes over it is the protocol, whole lines of it, or an error."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress

import httpx

from marketer_desktop.llm.errors import (
    ModelError,
    cut_short,
    foreign,
    refused,
    unusable,
    words_in,
)
from marketer_desktop.llm.pulse import Pulse

LONGEST_LINE = 4 * 1024 * 1024  # bytes; an answer is a few hundred to the token
LONGEST_REFUSAL = 64 * 1024
SHOWN = 80
# What comes from a server in JSON is one of these; a proxy's page is not.
JSON_TYPES = ("application/x-ndjson", "application/json")
_OF_ANY_SERVER = (400, 404, 405)  # a web server that knows none of the paths


class OllamaTransport(httpx.AsyncHTTPTransport):
    """Raises `ModelError`s, and hands on nothing but whole lines of JSON.

    Left to itself the client would follow a redirect with the prompt, take the bytes of a
    damaged character for another one, end lines within a text, and hold a line of any length.
    """

    def __init__(self, pulse: Pulse, silence: float) -> None:
        super().__init__(trust_env=False)
        self._pulse, self._silence = pulse, silence

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer to `request`, once its head is there and is one of a model server."""
        request.headers["accept-encoding"] = "identity"
        async with self._pulse.patience(self._silence):
            answer = await super().handle_async_request(request)
        self._pulse.beat()
        assert isinstance(answer.stream, httpx.AsyncByteStream)
        lines = _Lines(answer.stream, self._pulse, self._silence)
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        try:
            if answer.status_code != httpx.codes.OK:
                raise await _refusal(answer, kind, lines)
            if kind not in JSON_TYPES or "content-encoding" in answer.headers:
                raise foreign(kind or "an answer without a type")
        except BaseException:
            await lines.aclose()
            raise
        return httpx.Response(answer.status_code, headers={"content-type": kind}, stream=lines)


class _Lines(httpx.AsyncByteStream):
    """A body cut into lines, each one valid JSON in ASCII; blank ones are left out."""

    def __init__(self, body: httpx.AsyncByteStream, pulse: Pulse, silence: float) -> None:
        self._body, self._pulse, self._silence = body, pulse, silence

    async def __aiter__(self) -> AsyncIterator[bytes]:
        rest = b""
        async for chunk in self._chunks():
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                if line.strip():
                    yield _checked(line)
            if len(rest) > LONGEST_LINE:
                raise foreign("a line without an end")
        if rest.strip():
            try:
                yield _checked(rest)
            except ModelError as error:
                raise cut_short() from error

    async def start(self) -> bytes:
        """The first bytes, as they are."""
        start = b""
        with suppress(httpx.HTTPError, TimeoutError):  # what there is says enough
            async for chunk in self._chunks():
                start += chunk
                if len(start) > LONGEST_REFUSAL:
                    break
        return start

    async def _chunks(self) -> AsyncIterator[bytes]:
        chunks = aiter(self._body)
        while True:
            async with asyncio.timeout(self._silence):
                chunk = await anext(chunks, None)
            if chunk is None:
                return
            self._pulse.beat()
            yield chunk

    async def aclose(self) -> None:
        """Let go of the connection."""
        await self._body.aclose()


def _checked(line: bytes) -> bytes:
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise unusable("sent damaged text") from error
    except (ValueError, RecursionError) as error:
        raise foreign(line[:SHOWN].decode("utf-8", "replace")) from error
    if not isinstance(value, dict):
        raise foreign(line[:SHOWN].decode("utf-8", "replace"))
    # The client ends lines where Unicode does, at U+0085 or U+2028 within a text: hence ASCII.
    return json.dumps(value).encode() + b"\n"


async def _refusal(answer: httpx.Response, kind: str, lines: _Lines) -> ModelError:
    """What an answer with an error status means."""
    status, start = answer.status_code, await lines.start()
    if kind not in JSON_TYPES and (status < httpx.codes.BAD_REQUEST or status in _OF_ANY_SERVER):
        return foreign(f"HTTP {status}, {kind or 'no content'}")
    words = "" if kind == "text/html" else words_in(start)
    return refused(status, words, answer.headers)
