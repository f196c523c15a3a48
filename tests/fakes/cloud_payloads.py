"""What OpenAI, Anthropic and Mistral send: streams, whole answers, errors, lists of models."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Provider = Literal["openai", "anthropic", "mistral"]
TOKENS_IN, TOKENS_OUT = 25, 7
ENDS = {"openai": "stop", "anthropic": "end_turn", "mistral": "stop"}


@dataclass(frozen=True)
class Reply:
    """The pieces of an answer; `reason` is why it ends, `thinking` comes before it."""

    pieces: Sequence[str]
    reason: str | None = None
    thinking: str = ""


def key_in(provider: Provider, headers: Mapping[str, str]) -> str:
    """The key that a call was made with; Anthropic takes it in two ways."""
    given = {name.lower(): value for name, value in headers.items()}
    if provider == "anthropic" and "x-api-key" in given:
        return given["x-api-key"]
    return given.get("authorization", "").removeprefix("Bearer ")


def wrong_key(provider: Provider, key: str) -> tuple[int, dict[str, Any]]:
    """The refusal of a key; worse than the real ones, it repeats the whole key."""
    if provider == "openai":
        said = {"message": f"Incorrect API key provided: {key}.", "code": "invalid_api_key"}
        return 401, {"error": {**said, "type": "invalid_request_error", "param": None}}
    if provider == "anthropic":
        said = {"type": "authentication_error", "message": f"invalid x-api-key {key}"}
        return 401, {"type": "error", "error": said, "request_id": "req_1"}
    return 401, {"detail": f"Unauthorized {key}"}


def refused_options(provider: Provider, body: dict[str, Any]) -> tuple[int, dict[str, Any]] | None:
    """The refusal of an option that the provider does not know."""
    known = {
        "openai": {
            "max_completion_tokens",
            "reasoning_effort",
            "seed",
            "stop",
            "stream_options",
            "temperature",
        },
        "anthropic": {
            "max_tokens",
            "output_config",
            "stop_sequences",
            "system",
            "temperature",
            "thinking",
        },
        "mistral": {"max_tokens", "random_seed", "stop", "temperature", "top_p"},
    }[provider]
    odd = sorted(set(body) - known - {"messages", "model", "stream"})
    thinks = "-5-5" in body["model"] or "gpt-6" in body["model"]
    if thinks and "temperature" in body:
        odd.append("temperature")
    if provider == "anthropic" and "max_tokens" not in body:
        odd.append("max_tokens: field required")
    if not odd:
        return None
    message = f"Unsupported: {', '.join(odd)}"
    if provider == "mistral":
        return 422, {"detail": [{"type": "extra_forbidden", "loc": ["body", *odd], "msg": message}]}
    said = {"type": "invalid_request_error", "message": message}
    return 400, {"error": said} if provider == "openai" else {"type": "error", "error": said}


def listing(provider: Provider, models: Sequence[str]) -> dict[str, Any]:
    """The models that a key may use."""
    if provider == "anthropic":
        about = {"type": "model", "created_at": "2026-09-28T00:00:00Z"}
        data: list[dict[str, Any]] = [
            {**about, "id": name, "display_name": name} for name in models
        ]
        return {"data": data, "has_more": False, "first_id": models[0], "last_id": models[-1]}
    data = [{"id": name, "object": "model", "created": 1, "owned_by": provider} for name in models]
    return {"object": "list", "data": data}


def error_event(provider: Provider, body: dict[str, Any]) -> str:
    """An error in the middle of a stream."""
    return ("event: error\n" if provider == "anthropic" else "") + f"data: {json.dumps(body)}\n\n"


def whole(provider: Provider, model: str, reply: Reply) -> dict[str, Any]:
    """An answer that is not streamed."""
    text, reason = "".join(reply.pieces), reply.reason or ENDS[provider]
    if provider == "anthropic":
        return {
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "model": model,
            "content": [{"type": "text", "text": text}],
            "stop_reason": reason,
            "stop_sequence": None,
            "usage": {"input_tokens": TOKENS_IN, "output_tokens": TOKENS_OUT},
        }
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": text},
        "finish_reason": reason,
    }
    about = {"id": "c1", "object": "chat.completion", "created": 1, "model": model}
    return {**about, "choices": [choice], "usage": _usage()}


def stream(provider: Provider, body: dict[str, Any], reply: Reply) -> Iterator[str]:
    """The events of a streamed answer."""
    if provider == "anthropic":
        yield from _anthropic(body["model"], reply)
        return
    told = _openai(body, reply) if provider == "openai" else _mistral(body["model"], reply)
    for chunk in told:
        yield f"data: {json.dumps(chunk)}\n\n"
    yield "data: [DONE]\n\n"


def _usage() -> dict[str, int]:
    total = TOKENS_IN + TOKENS_OUT
    return {"prompt_tokens": TOKENS_IN, "completion_tokens": TOKENS_OUT, "total_tokens": total}


def _openai(body: dict[str, Any], reply: Reply) -> Iterator[dict[str, Any]]:
    about = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": body["model"]}
    usage = bool((body.get("stream_options") or {}).get("include_usage"))
    extra: dict[str, Any] = {"usage": None} if usage else {}

    def chunk(delta: dict[str, Any], reason: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}
        return {**about, "choices": [choice], **extra}

    yield chunk({"role": "assistant", "content": "", "refusal": None})
    for piece in reply.pieces:
        yield chunk({"content": piece})
    yield chunk({}, reply.reason or ENDS["openai"])
    if usage:
        yield {**about, "choices": [], "usage": _usage()}


def _mistral(model: str, reply: Reply) -> Iterator[dict[str, Any]]:
    about = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": model}
    end = {"delta": {"content": ""}, "finish_reason": reply.reason or ENDS["mistral"]}
    thought = [{"type": "thinking", "thinking": [{"type": "text", "text": reply.thinking}]}]
    deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
    deltas += [{"content": thought}] if reply.thinking else []
    deltas += [{"content": piece} for piece in reply.pieces]
    for delta in deltas:
        yield {**about, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
    yield {**about, "choices": [{"index": 0, **end}], "usage": _usage()}


def _anthropic(model: str, reply: Reply) -> Iterator[str]:
    begun = {**whole("anthropic", model, reply), "content": [], "stop_reason": None}
    begun["usage"] = {"input_tokens": TOKENS_IN, "output_tokens": 1}
    yield _event("message_start", message=begun)
    yield _event("ping")
    index = 0
    if reply.thinking:
        block = {"type": "thinking", "thinking": "", "signature": ""}
        yield _event("content_block_start", index=0, content_block=block)
        for delta in (
            {"type": "thinking_delta", "thinking": reply.thinking},
            {"type": "signature_delta", "signature": "EqQBCgIYAg"},
        ):
            yield _event("content_block_delta", index=0, delta=delta)
        yield _event("content_block_stop", index=0)
        index = 1
    yield _event("content_block_start", index=index, content_block={"type": "text", "text": ""})
    for piece in reply.pieces:
        delta = {"type": "text_delta", "text": piece}
        yield _event("content_block_delta", index=index, delta=delta)
    yield _event("content_block_stop", index=index)
    end = {"stop_reason": reply.reason or ENDS["anthropic"], "stop_sequence": None}
    usage = {"input_tokens": TOKENS_IN, "output_tokens": TOKENS_OUT}
    yield _event("message_delta", delta=end, usage=usage)
    yield _event("message_stop")


def _event(kind: str, **data: Any) -> str:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **data})}\n\n"
