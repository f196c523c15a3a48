"""What can go wrong with a language model, in the words a person reads."""

_LIST_HINT = "“marketer models list” shows what is there."


class ModelError(Exception):
    """A call to a model failed; the message says what happened and what to do."""


class ModelUnavailable(ModelError):
    """Nothing answers at the model's address."""


class ModelNotFound(ModelError):
    """The server answers, but has no such model."""


class StreamCutShort(ModelError):
    """The answer ended before the model had finished it: what came is only a part."""


class ModelTimeout(ModelError):
    """The server said nothing for longer than we wait."""


class ModelBusy(ModelError):
    """The server refuses more calls for now."""


_UNAVAILABLE = (
    ModelUnavailable,
    "The model server cannot be reached. Start it (for Ollama: “ollama serve”), or choose "
    f"another model; {_LIST_HINT}",
)
_TIMEOUT = (
    ModelTimeout,
    "The model server went silent for too long. Try again, or choose a smaller model.",
)
_CUT_SHORT = (
    StreamCutShort,
    "The model's answer broke off before its end. Try again; if it happens again, look at the "
    "model server's log.",
)
_NOT_FOUND = (
    ModelNotFound,
    f"The model server does not have this model. Get it with “ollama pull”; {_LIST_HINT}",
)
_BUSY = (ModelBusy, "The model server has too many calls waiting. Try again in a moment.")

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
}
_BY_STATUS = {
    404: _NOT_FOUND,
    408: _TIMEOUT,
    429: _BUSY,
    502: _UNAVAILABLE,
    503: _BUSY,
    504: _TIMEOUT,
}


def cut_short() -> StreamCutShort:
    """The error for a stream that ended without the model's closing word."""
    return StreamCutShort(_CUT_SHORT[1])


def classify(error: Exception) -> ModelError:
    """Name the failure behind an exception of httpx, ollama or openai.

    A `ModelError` comes back unchanged. The server's own words are kept at the end.
    """
    if isinstance(error, ModelError):
        return error
    kind, sentence = _find(error)
    return kind(f"{sentence} ({_detail(error)})")


def _find(error: Exception) -> tuple[type[ModelError], str]:
    response = getattr(error, "response", None)
    status = getattr(error, "status_code", None) or getattr(response, "status_code", None)
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    # openai wraps: the cause tells a refused connection from a broken one.
    for candidate in (error.__cause__, error):
        for ancestor in type(candidate).__mro__:
            if ancestor.__name__ in _BY_NAME:
                return _BY_NAME[ancestor.__name__]
    return ModelError, "The model server reported a problem. Try again, or choose another model."


def _detail(error: Exception) -> str:
    return str(error).strip().rstrip(".") or type(error).__name__
