"""How long a model server is left alone before it is asked again, and how often it is."""

from typing import Any

import pytest
from tenacity import Future, RetryCallState

from marketer_desktop.llm.errors import (
    AnswerUnusable,
    ModelBusy,
    ModelError,
    ModelNotFound,
    ModelUnavailable,
    StreamCutShort,
)
from marketer_desktop.llm.retrying import Patience, persistently

PATIENCE = Patience(first=1.0, most=30.0)


def after(calls: int, error: ModelError, retry_after: float | None = None) -> RetryCallState:
    error.retry_after = retry_after
    nothing: Any = None
    state = RetryCallState(nothing, nothing, (), {})
    state.attempt_number = calls
    state.outcome = Future.construct(calls, error, has_exception=True)
    return state


@pytest.mark.parametrize(("calls", "least"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (9, 30)])
def test_pauses_double_and_no_two_callers_have_the_same(calls: int, least: int) -> None:
    pauses = [PATIENCE.seconds(after(calls, ModelBusy())) for _ in range(20)]
    assert all(least <= pause <= min(least + 1, 30) for pause in pauses)
    assert len(set(pauses)) > 10 or least == 30


def test_a_server_that_names_a_time_gets_it_and_never_less_than_the_others() -> None:
    assert PATIENCE.seconds(after(1, ModelBusy(), 25.0)) == 25
    assert PATIENCE.seconds(after(4, ModelBusy(), 0.1)) >= 8
    assert not PATIENCE.ends(after(1, ModelBusy(), 60.0))
    assert PATIENCE.ends(after(1, ModelBusy(), 61.0))


def test_an_answer_of_no_use_needs_no_pause() -> None:
    assert PATIENCE.seconds(after(1, AnswerUnusable())) == 0


@pytest.mark.parametrize(
    ("error", "calls"),
    [
        (ModelBusy(), 6),
        (ModelUnavailable(), 6),
        (StreamCutShort(), 3),
        (AnswerUnusable(), 3),
        (ModelNotFound(), 1),
        (KeyError(), 1),
    ],
)
async def test_it_is_asked_so_often_and_no_more(error: Exception, calls: int) -> None:
    made: list[int] = []
    said: list[str] = []

    async def make() -> None:
        made.append(1)
        raise error

    with pytest.raises(type(error)):
        await persistently(make, said.append, Patience(first=0.001, most=0.002))
    assert (len(made), len(said)) == (calls, calls - 1)
