"""The prompts are files, and each can be filled in."""

import pytest

from marketer_desktop.domain.brief import Brief, ContentType
from marketer_desktop.llm.budget import check_budget
from marketer_desktop.llm.starter import SLOT_TOKENS
from marketer_desktop.system.places import packaged
from marketer_desktop.workflow.prompts import prompt

NAMES = sorted(path.stem for path in (packaged("resources") / "prompts").iterdir())
VALUES = {
    "question": "Who buys it?",
    "fact": "It costs $9.",
    "keyword": "tea",
    "keyphrase": "tea",
    "instruction": "Make it funny.",
    "around": "",
    "text": "Tea is served at five.",
    "point": "What does it cost?",
    "points": "Say:\n- What does it cost?\n",
    "words": "120",
    "heading": "When tea is served",
    "facts": "Facts:\nTea costs $9.\n\n",
    "system": "You write for bakers.",
    "user": "List five questions.",
    "schema": '{"type": "object"}',
    "problem": "there is no JSON object in it",
    "answer": "Sure: $9.",
}
BRIEF = Brief(topic="cold brew", tone="witty", audience="bakers", type=ContentType.EMAIL)


@pytest.mark.parametrize("name", NAMES)
def test_every_prompt_is_filled_in_and_fits_the_smallest_model(name: str) -> None:
    system, user = prompt(name, BRIEF, **VALUES)
    assert "${" not in system + user
    assert "bakers" in system + user
    assert check_budget([system, user], 200, SLOT_TOKENS) < 300


def test_signs_in_values_are_left_alone() -> None:
    assert "It costs $9." in prompt("explain", BRIEF, **VALUES)[1]


def test_nobody_is_called_readers() -> None:
    assert "for readers" in prompt("answer", Brief(topic="tea time"), question="Why?")[0]


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError, match="question"):
        prompt("answer", BRIEF)


@pytest.mark.parametrize("name", ["answer", "explain", "introduction", "keyword"])
def test_a_voice_is_said_after_the_task_and_leaves_no_trace_where_there_is_none(name: str) -> None:
    silent, said = prompt(name, BRIEF, **VALUES), prompt(name, BRIEF, "Voice: dry.", **VALUES)
    assert said == (f"{silent[0]} Voice: dry.", silent[1])
    assert silent[0].endswith(".")
