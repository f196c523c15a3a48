"""Answers of a given shape from a server that may overlook the schema."""

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest

from marketer_desktop.domain.brief import Brief
from marketer_desktop.domain.eta import Forecast, expected_work
from marketer_desktop.llm.answering import Writer
from marketer_desktop.llm.budget import check_budget
from marketer_desktop.llm.ollama_chat import open_ollama_chat
from marketer_desktop.workflow.agents.seo_research import Questions
from marketer_desktop.workflow.ledger import Entry, Outcome
from marketer_desktop.workflow.model_calls import ModelCalls, RunModel
from marketer_desktop.workflow.progress import RunProgress
from marketer_desktop.workflow.structured import structured
from tests.factories.runs import never
from tests.fakes.ollama_payloads import CHAT
from tests.fakes.ollama_server import OllamaServer

GOOD = {"questions": ["Who needs cedar?", "Why „Zeder“?"]}
RIGHT = json.dumps(GOOD, ensure_ascii=False)
BRIEF = Brief(topic="cedar")
ASKED = ("You write.", "List questions.")
PLACE = ("seo_research", "seo_research/questions")


class NoLedger:
    """Makes every call."""

    async def once(self, entry: Entry, make: Any) -> Outcome:
        outcome: Outcome = await make()
        return outcome


class Desk:
    """A server that gives its answers in turn, calls to it, and what was shown of them."""

    def __init__(self, server: OllamaServer) -> None:
        self.server = server
        self.told: list[dict[str, Any]] = []
        self.chat = open_ollama_chat(server.address, CHAT.name, context_tokens=4096)
        model = RunModel(
            Writer(self.chat, never).write, "ollama", "x", 4096, nullcontext, check_budget
        )
        progress = RunProgress(
            lambda kind, step, percent, data: self.told.append(data),
            Forecast(expected_work(BRIEF.type, BRIEF.words, small=False)),
        )
        ledger: Any = NoLedger()
        self.calls = ModelCalls(model, ledger, progress)

    async def ask(self, answers: Sequence[str], max_tokens: int = 200) -> Questions | None:
        turns = iter(answers)
        self.server.answer = lambda body: next(turns)
        return await structured(self.calls, BRIEF, PLACE, ASKED, max_tokens, Questions)

    def sent(self) -> list[SimpleNamespace]:
        """What the server got: the prompt, the schema and the seed of each call."""
        return [
            SimpleNamespace(
                user=call.body["messages"][-1]["content"],
                schema=call.body.get("format"),
                seed=call.body["options"]["seed"],
            )
            for call in self.server.requests
        ]


@pytest.fixture(scope="module")
def server() -> Iterator[OllamaServer]:
    with OllamaServer() as running:
        yield running


@pytest.fixture
async def desk(server: OllamaServer) -> AsyncIterator[Desk]:
    server.requests.clear()
    opened = Desk(server)
    yield opened
    await opened.chat.aclose()


@pytest.mark.parametrize(
    "answer",
    [
        RIGHT,
        f"```json\n{RIGHT}\n```",
        f"Here you are:\n\n{RIGHT}\n\nAnything else?",
        f"<think>{{}} or more?</think>{RIGHT}",
    ],
)
async def test_a_good_answer_is_read_at_once(desk: Desk, answer: str) -> None:
    found = await desk.ask([answer])
    assert found is not None and found.model_dump() == GOOD
    (sent,) = desk.sent()
    assert sent.schema == Questions.model_json_schema()
    assert all(not data.get("delta") for data in desk.told), "JSON is no draft"


WRONG = {
    "prose": ("Who needs cedar? Why?", "no JSON object"),
    "a trailing comma": ('{"questions": ["Who?",]}', "Illegal trailing comma"),
    "single quotes": ("{'questions': ['Who?']}", "property name"),
    "a missing field": ('{"titles": ["Cedar"]}', "questions: Field required"),
    "the wrong type": ('{"questions": "Who?"}', "valid list"),
    "the wrong type within": ('{"questions": [1, 2]}', "questions.0"),
    "an empty list": ('{"questions": []}', "at least 1 item"),
    "cut off": (RIGHT[:-12], "Unterminated string"),
    "a list in place of an object": ('["Who?"]', "no JSON object"),
}


@pytest.mark.parametrize("name", WRONG)
async def test_a_wrong_answer_is_asked_for_again_with_what_was_wrong(desk: Desk, name: str) -> None:
    answer, problem = WRONG[name]
    found = await desk.ask([answer, RIGHT])
    assert found is not None and found.model_dump() == GOOD
    first, second = desk.sent()
    assert answer in second.user and second.user.startswith(first.user)
    assert second.seed != first.seed
    if name != "a trailing comma":  # said in other words by another Python
        assert problem in second.user


async def test_an_answer_that_the_limit_cuts_off_is_no_shorter_list(desk: Desk) -> None:
    found = await desk.ask([RIGHT, RIGHT, RIGHT], max_tokens=6)
    assert found is None
    assert len(desk.sent()) == 3


async def test_after_two_repairs_it_is_given_up(desk: Desk) -> None:
    assert await desk.ask(["No.", "{}", "Never.", RIGHT]) is None
    assert len(desk.sent()) == 3
