"""Asks a model server again where that helps: the one place for all providers."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception
from tenacity.wait import wait_exponential_jitter as _doubling

from marketer_desktop.llm.errors import (
    AnswerUnusable,
    ModelBusy,
    ModelCrashed,
    ModelError,
    ModelUnavailable,
    StreamCutShort,
)

T = TypeVar("T")
_PASSING = (ModelBusy, ModelUnavailable)
_BROKEN = (StreamCutShort, ModelCrashed, AnswerUnusable)
_SAID: dict[type[ModelError], str] = {
    ModelBusy: "The model server is busy",
    ModelUnavailable: "The model server cannot be reached",
    StreamCutShort: "The model's answer broke off",
    ModelCrashed: "The model server failed at the call",
    AnswerUnusable: "The model's answer was no text",
}


@dataclass(frozen=True)
class Patience:
    """How often a call is made, and the seconds between.

    Waits double from `first` up to `most`, each with a random part so that calls refused together
    do not come back together. A server that asks for a longer pause gets it up to
    `longest_asked`; if it asks for more, the call fails at once.
    """

    first: float = 1.0
    most: float = 30.0
    longest_asked: float = 60.0
    passing_calls: int = 6
    broken_calls: int = 3

    def ends(self, state: RetryCallState) -> bool:
        """Whether the call just made was the last one."""
        error = _error(state)
        calls = self.passing_calls if isinstance(error, _PASSING) else self.broken_calls
        asked = getattr(error, "retry_after", None) or 0.0
        return state.attempt_number >= calls or asked > self.longest_asked

    def seconds(self, state: RetryCallState) -> float:
        """How long to wait before the next call."""
        error = _error(state)
        if isinstance(error, AnswerUnusable):
            return 0.0
        backoff = _doubling(multiplier=self.first, max=self.most, jitter=self.first)(state)
        return max(backoff, getattr(error, "retry_after", None) or 0.0)


PATIENCE = Patience()


async def persistently(
    make: Callable[[], Awaitable[T]],
    tell: Callable[[str], None],
    patience: Patience = PATIENCE,
) -> T:
    """The result of `make()`, called again while that may help.

    A busy or absent server is waited for, a broken answer asked for anew. `tell` hears before
    each further call why it is made. The last error is raised; cancelling ends the waiting too.
    """

    def told(state: RetryCallState) -> None:
        tell(_sentence(_error(state), state.upcoming_sleep))

    retrying = AsyncRetrying(
        sleep=asyncio.sleep,
        retry=retry_if_exception(lambda error: isinstance(error, _PASSING + _BROKEN)),
        stop=patience.ends,
        wait=patience.seconds,
        before_sleep=told,
        reraise=True,
    )
    async for attempt in retrying:
        with attempt:
            return await make()
    raise AssertionError("unreachable: the last error is raised")


def _error(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome is not None else None


def _sentence(error: BaseException | None, seconds: float) -> str:
    known = (text for kind, text in _SAID.items() if isinstance(error, kind))
    said = getattr(error, "briefly", "") or next(known, "The call failed")
    when = f"trying again in {max(1, round(seconds))} s" if seconds else "asking again"
    return f"{said}; {when}."
