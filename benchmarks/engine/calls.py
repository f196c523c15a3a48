"""Model calls with the moments of their tokens, and what follows from those."""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import Field, SkipValidation

Span = tuple[float, float]


@dataclass
class Call:
    """One request to a model: what was asked, what came, and when (seconds of `perf_counter`)."""

    messages: list[BaseMessage]
    options: dict[str, Any]
    began: float = field(default_factory=perf_counter)
    heard: list[float] = field(default_factory=list)  # when a piece of text, a token, came in
    ended: float = 0.0
    chunks: list[ChatGenerationChunk] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The same for the same request."""
        return repr([(m.type, m.text) for m in self.messages]) + repr(sorted(self.options.items()))

    @property
    def prompt(self) -> Span:
        """From the request to the first token."""
        return self.began, self.heard[0] if self.heard else self.ended


class _Chat(BaseChatModel):
    """Streams only, as the product does."""

    @property
    def _llm_type(self) -> str:
        return "benchmark"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **options: Any,
    ) -> ChatResult:
        raise NotImplementedError


class RecordingChat(_Chat):
    """Hands every call on to `inner`, and keeps what it saw."""

    # LangChain writes down what a model says of itself: that must not be a whole run.
    inner: BaseChatModel = Field(repr=False)
    calls: SkipValidation[list[Call]] = Field(repr=False)  # the very list, not a copy

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **options: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        call = Call(messages, options)
        self.calls.append(call)
        async for chunk in self.inner._astream(messages, stop, None, **options):
            if chunk.text:
                call.heard.append(perf_counter())
            call.chunks.append(chunk)
            yield chunk
        call.ended = perf_counter()


class ReplayingChat(_Chat):
    """Gives each request the answer it got before, piece by piece, at once."""

    answers: SkipValidation[dict[str, Call]] = Field(repr=False)

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **options: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        asked = Call(messages, options).key
        known = self.answers.get(asked)
        if known is None:
            raise LookupError(f"A request that the real run did not make: {asked[:400]}")
        for chunk in known.chunks:
            yield chunk


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same moments as spans apart from each other, in order."""
    apart: list[Span] = []
    for begin, end in sorted(spans):
        if apart and begin <= apart[-1][1]:
            apart[-1] = apart[-1][0], max(apart[-1][1], end)
        else:
            apart.append((begin, end))
    return apart


def covered(spans: Iterable[Span]) -> float:
    """The seconds in which at least one span lies."""
    return sum(end - begin for begin, end in joined(spans))


def outside(spans: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """What of the spans lies in none of the others."""
    left = joined(spans)
    for begin, end in joined(others):
        pieces = [((a, min(b, begin)), (max(a, end), b)) for a, b in left]
        left = [(a, b) for pair in pieces for a, b in pair if a < b]
    return left


def most_at_once(spans: Sequence[Span]) -> int:
    """How many spans lie on the fullest moment."""
    return max((sum(begin <= at < end for begin, end in spans) for at, _ in spans), default=0)


def decoding(calls: Sequence[Call]) -> Span:
    """Tokens, and the seconds they took, while some calls decode and none has its prompt read.

    A server that reads a prompt says no tokens meanwhile. Seconds in which several calls decode
    count once.
    """
    told = [call for call in calls if call.heard]
    spans = outside(
        [(call.heard[0], call.heard[-1]) for call in told], [call.prompt for call in calls]
    )
    tokens = sum(begin < at <= end for call in told for at in call.heard for begin, end in spans)
    return tokens, covered(spans)
