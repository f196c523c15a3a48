"""The requests of a server: answered once, given up when nobody wants them, forgotten in time."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from marketer_desktop.hybrid.agent import work as module
from marketer_desktop.hybrid.agent.frames import LlmRequest, Message
from marketer_desktop.hybrid.agent.work import Work
from marketer_desktop.llm.errors import OutOfMemory
from marketer_desktop.services.agent_frames import Usage
from tests.guards import Problems, told

Frame = dict[str, Any]


class Model:
    """Says two words, and waits between them until it is let go."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.asked: list[UUID] = []

    async def answer(
        self, request: LlmRequest, begin: Callable[[], None], tell: Callable[[str], None]
    ) -> Usage:
        self.asked.append(request.id)
        begin()
        tell("black ")
        await self.go.wait()
        tell("coffee")
        return Usage(prompt_tokens=3, completion_tokens=2)


@pytest.fixture
async def model() -> Model:
    return Model()


@pytest.fixture
def work(model: Model) -> Work:
    return Work(model.answer, lambda: None)


def request() -> LlmRequest:
    return LlmRequest(id=uuid4(), model="starter", messages=[Message(role="user", content="?")])


async def turns() -> None:
    """Let other tasks go on until they wait."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_pieces_come_as_they_are_written_and_then_the_end(work: Work, model: Model) -> None:
    asked, said = request(), list[Frame]()
    work.take(asked, said.append)
    await turns()
    assert [frame["content"] for frame in said] == ["black "]
    model.go.set()
    await turns()
    assert [(frame["content"], frame["done"]) for frame in said] == [
        ("black ", False),
        ("coffee", False),
        ("", True),
    ]
    assert said[-1]["usage"] == {"prompt_tokens": 3, "completion_tokens": 2}
    assert (work.answered, work.requests[0].state) == (1, "done")


async def test_who_asks_once_more_gets_the_same_answer(work: Work, model: Model) -> None:
    asked, first, second, third = request(), list[Frame](), list[Frame](), list[Frame]()
    work.take(asked, first.append)
    await turns()
    work.disconnected(first.append)
    work.take(asked, second.append)
    model.go.set()
    await turns()
    assert "".join(frame["content"] for frame in second) == "black coffee"
    work.take(asked, third.append)
    assert [(frame["content"], frame["done"]) for frame in third] == [("black coffee", True)]
    assert model.asked == [asked.id]


async def test_no_more_than_the_capacity(work: Work) -> None:
    work.take(request(), list[Frame]().append)
    await turns()
    said: list[Frame] = []
    work.take(request(), said.append)
    assert [(frame["error"]["code"], frame["done"]) for frame in said] == [("busy", True)]
    await work.stop()


async def test_what_is_cancelled_frees_its_place_and_says_so(work: Work, model: Model) -> None:
    asked, said = request(), list[Frame]()
    work.take(asked, said.append)
    await turns()
    work.cancel(asked.id)
    await turns()
    assert said[-1]["error"]["code"] == "cancelled"
    assert work.requests[0].state == "cancelled"
    model.go.set()
    work.take(asked, said.append)  # it may be asked anew
    await turns()
    assert (said[-1]["done"], "error" in said[-1]) == (True, False)


async def test_what_is_cancelled_before_it_has_begun_frees_its_place(work: Work) -> None:
    asked, said = request(), list[Frame]()
    work.take(asked, said.append)
    work.cancel(asked.id)  # both came in one piece
    await turns()
    assert [(frame["error"]["code"], frame["done"]) for frame in said] == [("cancelled", True)]
    work.take(request(), said.append)
    await turns()
    assert said[-1]["content"] == "black "
    assert [each.state for each in work.requests] == ["writing", "cancelled"]
    await work.stop()


async def test_what_is_asked_again_while_it_is_stopped_is_run_anew(work: Work) -> None:
    asked, first, second = request(), list[Frame](), list[Frame]()
    work.take(asked, first.append)
    await turns()
    work.cancel(asked.id)
    work.take(asked, second.append)
    await turns()
    assert [frame["done"] for frame in first] == [False, True]
    assert [(frame["content"], frame["done"]) for frame in second] == [("black ", False)]
    await work.stop()


async def test_nothing_stops_what_was_asked_anew_after_its_connection_was_lost(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "GRACE_SECONDS", 0.0)
    asked, first, second = request(), list[Frame](), list[Frame]()
    say, say_again = first.append, second.append
    work.take(asked, say)
    await turns()
    work.disconnected(say)
    work.take(asked, say_again)
    work.cancel(asked.id)
    work.take(asked, say_again)
    await turns()
    assert work.requests[0].state == "writing"
    await work.stop()


async def test_what_nobody_listens_to_takes_nobodys_place(work: Work, model: Model) -> None:
    lost, said = list[Frame](), list[Frame]()
    tell_nobody = lost.append
    asked = request()
    work.take(asked, tell_nobody)
    await turns()
    work.disconnected(tell_nobody)
    work.take(request(), said.append)  # the server counts on the whole capacity
    model.go.set()
    await turns()
    assert "".join(frame["content"] for frame in said) == "black coffee"
    work.take(asked, said.append)
    assert said[-1]["content"] == "black coffee" and model.asked.count(asked.id) == 1


async def test_what_still_waits_for_its_turn_ends_with_its_connection(model: Model) -> None:
    async def wait(*_: Any) -> Usage:
        try:
            await model.go.wait()
        finally:
            model.asked.clear()
        return Usage()

    work, said = Work(wait, lambda: None), list[Frame]()
    say = said.append
    asked = request()
    model.asked.append(asked.id)
    work.take(asked, say)
    await turns()
    work.disconnected(say)
    await turns()
    assert work.requests == [] and model.asked == []  # its turn will not come
    work.take(asked, say)
    assert [each.state for each in work.requests] == ["waiting"]
    await work.stop()


async def test_a_failure_has_a_code(log_problems: Problems) -> None:
    async def fail(*_: Any) -> Usage:
        raise OutOfMemory("The model does not fit into memory.")

    work, said = Work(fail, lambda: None), list[Frame]()
    work.take(request(), said.append)
    await turns()
    assert said[-1]["error"]["code"] == "out_of_memory"
    assert work.failed == 1
    assert told(log_problems.records) == [
        "WARNING marketer_desktop: a request of the server failed: out_of_memory"
    ]
    log_problems.records.clear()


async def test_what_nobody_comes_back_for_is_given_up(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "GRACE_SECONDS", 0.0)
    asked, said = request(), list[Frame]()
    say = said.append
    work.take(asked, say)
    await turns()
    work.disconnected(say)
    await turns()
    assert work.requests[0].state == "cancelled"
    assert [frame["content"] for frame in said] == ["black "]  # nothing is said to who has gone


async def test_only_so_many_answers_are_kept(work: Work, model: Model) -> None:
    model.go.set()
    asked = [request() for _ in range(module.KEPT_ANSWERS + 1)]
    for each in asked:
        work.take(each, list[Frame]().append)
        await turns()
    said: list[Frame] = []
    work.take(asked[-1], said.append)
    assert model.asked.count(asked[-1].id) == 1
    work.take(asked[0], said.append)
    await turns()
    assert model.asked.count(asked[0].id) == 2


async def test_answers_are_kept_for_a_while_only(
    work: Work, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEPT_SECONDS", 0.0)
    model.go.set()
    asked = request()
    for _ in range(2):
        work.take(asked, list[Frame]().append)
        await turns()
    assert model.asked == [asked.id] * 2
