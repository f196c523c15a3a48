"""What the writer tells of the work to come."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from marketer_desktop.domain.brief import Brief, ContentType
from marketer_desktop.domain.outline import SectionPlan
from marketer_desktop.domain.piece import Fact
from marketer_desktop.domain.rest import Rest, answers_rest, round_rest, steps_rest
from marketer_desktop.workflow.agents.foretelling import (
    AT_ONCE,
    INTRODUCTION,
    MOST_ATTEMPTS,
    TOLERATED,
    RoundOutlook,
    SectionOutlook,
    foretell,
    place_of,
)
from marketer_desktop.workflow.context import RunContext

PLACE = place_of(0)
FACTS = [Fact(text=text, source=1) for text in ("Beans keep for a year.", "Milk keeps for a week.")]
HEADING = "How long coffee keeps"


class Told:
    """Remembers what it was told last of each place, and in which order."""

    def __init__(self) -> None:
        self.rests: dict[str, Rest] = {}
        self.renewed: list[set[str]] = []

    def rest(self, place: str, rest: Rest) -> None:
        self.rests[place] = rest

    def expect(self, calls: int) -> None: ...

    def renew(self) -> None:
        self.renewed.append(set(self.rests))


@pytest.fixture
def told() -> Told:
    return Told()


def context(told: Told, *, small: bool = True) -> RunContext:
    brief = Brief(type=ContentType.BLOG, topic="Coffee", audience="offices", words=300)
    return cast("RunContext", cast("Any", SimpleNamespace(small=small, brief=brief, progress=told)))


def plan(words: int) -> SectionPlan:
    return SectionPlan(heading=HEADING, question="How long does it keep?", words=words, facts=FACTS)


def rest(lacking: int, steps: int) -> Rest:
    return steps_rest(lacking, steps, MOST_ATTEMPTS // AT_ONCE, AT_ONCE)


def test_heading_and_quotations_need_not_be_said_by_the_model(told: Told) -> None:
    SectionOutlook(context(told), PLACE, plan(60)).tell()
    assert told.rests == {PLACE: rest(60 - 4 - 5 - 5 - TOLERATED, 2)}


def test_what_each_step_has_brought_is_lacking_no_more(told: Told) -> None:
    outlook = SectionOutlook(context(told), PLACE, plan(60))
    outlook.said([])
    nothing = told.rests[PLACE]
    outlook.said(["They lose their taste in an open bag.", "So close it well."])
    assert nothing == rest(39, 1)
    assert told.rests[PLACE] == rest(27, 0)
    assert told.rests[PLACE].chances[0] == 1  # it will not be enough


def test_what_each_answer_of_a_round_has_brought_counts_at_once(told: Told) -> None:
    outlook = RoundOutlook(context(told), PLACE, 10, MOST_ATTEMPTS)
    outlook.tell()
    assert told.rests[PLACE] == answers_rest(10, MOST_ATTEMPTS // AT_ONCE, AT_ONCE)
    outlook.said(["They lose all of their taste in an open paper bag."])
    assert told.rests[PLACE] == round_rest(-1, AT_ONCE - 1, 1, AT_ONCE)


def test_all_sections_are_told_before_the_time_left_is(told: Told) -> None:
    foretell(context(told), [plan(60), plan(80)])
    assert told.renewed == [{PLACE, place_of(1), INTRODUCTION}]


def test_of_a_large_model_no_rest_is_told(told: Told) -> None:
    foretell(context(told, small=False), [plan(60)])
    assert told.rests == {}
