"""What can go wrong with a model in the cloud, in the words a person reads."""

import re
from collections.abc import AsyncIterator
from typing import Any

from langchain_core.outputs import ChatGenerationChunk

from marketer_desktop.llm.choice import CloudProvider
from marketer_desktop.llm.errors import (
    ForeignAnswer,
    ModelBusy,
    ModelCrashed,
    ModelError,
    ModelNotFound,
    ModelRefused,
    ModelTimeout,
    ModelUnavailable,
    PromptCut,
    StreamCutShort,
    classify,
)
from marketer_desktop.llm.providers import INFO

_SENTENCES: dict[type[ModelError], str] = {
    ModelNotFound: "{title} has no such model, or your account may not use it. “marketer models "
    "check {provider}” shows those that it may.",
    ModelBusy: "{title} takes no more calls for now. Try again in a moment.",
    ModelCrashed: "{title} has a problem of its own. Try again in a moment.",
    ModelTimeout: "{title} went silent for too long. Try again.",
    ModelUnavailable: "{title} cannot be reached. Look at the connection to the internet, or "
    "choose a model on this machine.",
    StreamCutShort: "The answer of {title} broke off before its end. Try again.",
    PromptCut: "The text is too long for this model of {title}.",
    ForeignAnswer: "What answers in place of {title} is not it: perhaps a proxy or a sign-in page "
    "of the network. Look at the connection to the internet.",
}
_OTHER = "{title} reported a problem. Try again, or choose another model."
_KEY = (
    "{title} did not accept the key. Nothing was written. Look at the key in your account there, "
    "then give it again: Settings, Models, or “marketer models key {provider}”."
)
_FORBIDDEN = (
    "{title} does not allow this key to use this model. Choose another model, or change what the "
    "key may do in your account there."
)
_CREDIT = "Your account at {title} has no credit left. Add some there, or choose another model."
_DECLINED = "{title} declined to write this text. Change the brief, or choose another model."

_NO_MODEL = re.compile(r"model_not_found|not_found_error|invalid[ _]model", re.IGNORECASE)
_NO_CREDIT = re.compile(r"insufficient_quota|billing|credit|payment", re.IGNORECASE)
# How a stream ends whose text is not one that the model wanted to end so.
_DECLINING = {"refusal", "content_filter"}
_FAILING = {"error", "model_context_window_exceeded"}


def failure(provider: CloudProvider, error: Exception) -> ModelError:
    """Name the failure behind an exception of a cloud's library.

    The cloud's own words are kept at the end, but for a key that it refuses: it may repeat the key.
    """
    if isinstance(error, ModelError):
        return error
    found, told = classify(error), _told(error)
    words = f"{error} {told}"
    kind = ModelNotFound if _NO_MODEL.search(words) else type(found)
    sentence = _refusal(error, words) if kind is ModelRefused else _SENTENCES.get(kind, _OTHER)
    said = sentence.format(title=INFO[provider].title, provider=provider)
    detail = "" if kind is ModelRefused else str(told.get("message") or error).strip().rstrip(".")
    named = kind(f"{said} ({detail[:300]})" if detail else said)
    named.retry_after = found.retry_after
    return named


def _refusal(error: Exception, words: str) -> str:
    response = getattr(error, "response", None)
    status = getattr(error, "status_code", None) or getattr(response, "status_code", None)
    if status == 402 or (status != 401 and _NO_CREDIT.search(words)):
        return _CREDIT
    return _FORBIDDEN if status == 403 else _KEY


def _told(error: Exception) -> dict[str, Any]:
    """The innermost description of the error that the server has sent."""
    body = getattr(error, "body", None)
    response = getattr(error, "response", None)
    if body is None and response is not None:
        try:
            body = response.json()
        except (ValueError, RuntimeError):  # no JSON, or never read to its end
            body = None
    while isinstance(body, dict) and isinstance(body.get("error"), dict):
        body = body["error"]
    return body if isinstance(body, dict) else {}


def _broken_off(provider: CloudProvider) -> StreamCutShort:
    return StreamCutShort(_SENTENCES[StreamCutShort].format(title=INFO[provider].title))


async def whole(
    chunks: AsyncIterator[ChatGenerationChunk], provider: CloudProvider
) -> AsyncIterator[ChatGenerationChunk]:
    """The pieces of one answer, which must end with the model's own reason to end."""
    reason: str | None = None
    begun = False
    try:
        async for chunk in chunks:
            begun = True
            about = {**(chunk.generation_info or {}), **chunk.message.response_metadata}
            reason = about.get("finish_reason") or about.get("stop_reason") or reason
            yield chunk
    except Exception as error:
        named = failure(provider, error)
        if begun and isinstance(named, ModelUnavailable):  # a broken connection, wrapped twice
            named = _broken_off(provider)
        # The library's own error may repeat the key, and a traceback goes into the log.
        raise named from (None if isinstance(named, ModelRefused) else error)
    if reason is None or reason in _FAILING:
        raise _broken_off(provider)
    if reason in _DECLINING:
        raise ModelRefused(_DECLINED.format(title=INFO[provider].title))
