"""What can go wrong with a language model, in the words a person reads."""

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime

from marketer_desktop.domain.retry_after import seconds_asked

_LIST_HINT = "“marketer models list” shows what is there."
LONGEST_DETAIL = 200  # characters of a server's own words


class ModelError(Exception):
    """A call to a model failed; the message says what happened and what to do.

    `retry_after` are the seconds that the server asks to be left alone, if it has said so;
    `briefly` is the trouble in a few words, where those of its kind do not fit.
    """

    retry_after: float | None = None
    briefly = ""


class ModelUnavailable(ModelError):
    """Nothing answers at the model's address."""


class ModelNotFound(ModelError):
    """The server answers, but has no such model."""


class ModelRefused(ModelError):
    """The server knows us not, or the account is not allowed this call."""


class StreamCutShort(ModelError):
    """The answer ended before the model had finished it: what came is only a part."""


class ModelTimeout(ModelError):
    """The server said nothing for longer than we wait."""


class ModelBusy(ModelError):
    """The server refuses more calls for now."""


class ModelCrashed(ModelError):
    """The server failed at the call, and may not at the next one."""


class OutOfMemory(ModelError):
    """The model does not fit into the memory of its machine."""


class PromptCut(ModelError):
    """The model has not read the whole prompt."""


class AnswerUnusable(ModelError):
    """The answer is whole, but is no text: empty, only thoughts, a tool call, or damaged."""


class ForeignAnswer(ModelError):
    """What answers does not speak the protocol of a model server."""


Finding = tuple[type[ModelError], str]

_UNAVAILABLE: Finding = (
    ModelUnavailable,
    "The model server cannot be reached. Start it (for Ollama: “ollama serve”), or choose "
    f"another model; {_LIST_HINT}",
)
_TIMEOUT: Finding = (
    ModelTimeout,
    "The model server went silent for too long. Try again, or choose a smaller model.",
)
_CUT_SHORT: Finding = (
    StreamCutShort,
    "The model's answer broke off before its end. Try again; if it happens again, look at the "
    "model server's log.",
)
_NOT_FOUND: Finding = (
    ModelNotFound,
    f"The model server does not have this model. Get it with “ollama pull”; {_LIST_HINT}",
)
_REFUSED: Finding = (
    ModelRefused,
    "The model server refuses the call. Check the key and the account, or choose another model.",
)
_BUSY: Finding = (
    ModelBusy,
    "The model server has too many calls waiting. Try again in a moment.",
)
_CRASHED: Finding = (
    ModelCrashed,
    "The model server failed at the call. Try again; if it happens again, look at the model "
    "server's log or choose another model.",
)
_MEMORY: Finding = (
    OutOfMemory,
    "The model does not fit into memory. Choose a smaller model, or close other programs.",
)
_PROMPT: Finding = (
    PromptCut,
    "The prompt does not fit the model's context, so the model would not read all of it. Choose "
    "a model with a longer context.",
)
_FOREIGN: Finding = (
    ForeignAnswer,
    "What answers at the model's address does not speak as a model server does: perhaps a proxy "
    "or another program. Check the address.",
)
_OTHER: Finding = (
    ModelError,
    "The model server reported a problem. Try again, or choose another model.",
)

# By name, not by class: httpx, its successor inside openai, openai and ollama use the same
# names, and importing all four takes seconds that the start of the app does not have.
_BY_NAME = {
    "ConnectTimeout": _UNAVAILABLE,
    "ConnectError": _UNAVAILABLE,
    "ProxyError": _UNAVAILABLE,
    "ConnectionError": _UNAVAILABLE,
    "APIConnectionError": _UNAVAILABLE,
    "TimeoutException": _TIMEOUT,
    "TimeoutError": _TIMEOUT,
    "APITimeoutError": _TIMEOUT,
    "ConnectionResetError": _CUT_SHORT,
    "BrokenPipeError": _CUT_SHORT,
    "NetworkError": _CUT_SHORT,
    "ProtocolError": _CUT_SHORT,
    "IncompleteRead": _CUT_SHORT,
    "JSONDecodeError": _CUT_SHORT,
    "DecodingError": _FOREIGN,
    "ValidationError": _FOREIGN,
}
_BY_STATUS = {
    401: _REFUSED,
    402: _REFUSED,
    403: _REFUSED,
    404: _NOT_FOUND,
    407: _REFUSED,
    408: _TIMEOUT,
    413: _PROMPT,
    429: _BUSY,
    502: _UNAVAILABLE,
    503: _BUSY,
    504: _TIMEOUT,
    529: _BUSY,
}
# The words of Ollama, llama.cpp and the cloud; the first that fits counts, before any status.
_BY_WORDS = (
    (re.compile(r"insufficient_quota|billing|credit balance", re.IGNORECASE), _REFUSED),
    (
        re.compile(r"context.{0,12}(length|window|size)|prompt is too long|too many tokens", re.I),
        _PROMPT,
    ),
    (re.compile(r"out of memory|more system memory|cudamalloc|failed to alloc", re.I), _MEMORY),
    (re.compile(r"overloaded|rate.?limit|server busy|pending requests", re.IGNORECASE), _BUSY),
    (re.compile(r"model .{1,200} not found|no such model", re.IGNORECASE), _NOT_FOUND),
    (re.compile(r"unexpected EOF|connection reset|broken pipe", re.IGNORECASE), _CUT_SHORT),
    (re.compile(r"runner|server_error|internal.{0,8}error|crash|panic", re.I), _CRASHED),
)


def cut_short() -> StreamCutShort:
    """The error for a stream that ended without the model's closing word."""
    return StreamCutShort(_CUT_SHORT[1])


def foreign(detail: str) -> ForeignAnswer:
    """The error for an answer that is none of the protocol; `detail` says what came instead."""
    return ForeignAnswer(f"{_FOREIGN[1]} ({_shortened(detail)})")


def unusable(what: str) -> AnswerUnusable:
    """The error for an answer that is no text; `what` ends the sentence “The model …”."""
    return AnswerUnusable(f"The model {what}. Try again, or choose another model; {_LIST_HINT}")


def prompt_cut(detail: str) -> PromptCut:
    """The error for a prompt of which the server has read only a part."""
    return PromptCut(f"{_PROMPT[1]} ({detail})")


def refused(status: int, words: str, headers: Mapping[str, str]) -> ModelError:
    """The error for an answer with an error status, with the server's own `words`."""
    kind, sentence = _by_words(words, status) or _by_status(status) or _OTHER
    error = kind(f"{sentence} ({_shortened(words) or f'HTTP {status}'})")
    error.retry_after = wait_named_in(headers)
    return error


def words_in(body: bytes) -> str:
    """What a server says in the body of an error: its message, or the text as it is."""
    words = body.decode("utf-8", "replace")
    with suppress(ValueError, TypeError, KeyError):
        told = json.loads(words)["error"]
        words = str(told["message"] if isinstance(told, dict) else told)
    return words


def classify(error: Exception) -> ModelError:
    """Name the failure behind an exception of httpx, ollama, or a cloud provider's client.

    A `ModelError` comes back unchanged. The server's own words are kept at the end.
    """
    if isinstance(error, ModelError):
        return error
    kind, sentence = _find(error)
    found = kind(f"{sentence} ({_detail(error)})")
    found.retry_after = wait_named_in(getattr(_response(error), "headers", None) or {})
    return found


def _find(error: Exception) -> Finding:
    status = getattr(error, "status_code", None) or getattr(_response(error), "status_code", None)
    known = isinstance(status, int) and status > 0
    said = type(error).__name__ in ("ResponseError", "APIError", "APIStatusError") or known
    found = _by_words(_said(error), status if known else None) if said else None
    if found is None and known:
        found = _by_status(int(status or 0))
    if found is not None:
        return found
    # openai wraps: the cause tells a refused connection from a broken one.
    for candidate in (error.__cause__, error):
        for ancestor in type(candidate).__mro__:
            if ancestor.__name__ in _BY_NAME:
                return _BY_NAME[ancestor.__name__]
    return _OTHER


def _by_words(words: str, status: int | None) -> Finding | None:
    """What the server says of itself; a status that says it plainly needs no words."""
    if status in (401, 403, 404, 503):
        return None
    return next((finding for pattern, finding in _BY_WORDS if pattern.search(words)), None)


def _by_status(status: int) -> Finding | None:
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if 300 <= status < 400:
        return _FOREIGN
    return _CRASHED if status >= 500 else None


def _response(error: Exception) -> object:
    return getattr(error, "response", None)


def _said(error: Exception) -> str:
    """The message with the kind of error that a cloud provider puts into the body."""
    return f"{error} {getattr(error, 'body', None) or ''}"


def wait_named_in(headers: Mapping[str, str]) -> float | None:
    """Seconds of `Retry-After`, which is a number or a date (RFC 9110); None without it."""
    plain = {name.lower(): value for name, value in headers.items()}
    return seconds_asked(plain, datetime.now(UTC))


def _detail(error: Exception) -> str:
    return _shortened(str(error)) or type(error).__name__


def _shortened(words: str) -> str:
    """One line of somebody else's words."""
    line = " ".join(words.split()).rstrip(".")
    return line if len(line) <= LONGEST_DETAIL else f"{line[:LONGEST_DETAIL]}…"
