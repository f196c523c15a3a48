"""What a part of a run still takes: calls that are sure, and answers that may turn out needed."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

Words = dict[int, float]  # so many words, and how often

# What a small model is asked for, one thing at a time, and the words that stay of it: by 82 runs
# of all types, none of them one that `benchmarks.eta` measures. Often nothing stays.
STEP_WORK = 133.0  # what is said about a fact, or to a point
STEP_WORDS: Words = {0: 0.65, 20: 0.15, 40: 0.2}
ANSWER_WORK = 176.0
ANSWER_WORDS: Words = {0: 0.35, 20: 0.27, 50: 0.22, 85: 0.16}
INTRODUCTION_WORK = 85.0
REPAIR_WORK = 80.0
OVERRUN_WORK = 15.0  # still expected of calls that have taken more than was expected

# The editor's rounds of answers, where the sections have fewer words than they should: what it has
# besides them, and how much more or less that may be.
EDITOR_ROUNDS, EDITOR_AT_ONCE = 4, 3
BESIDES, SPREAD = 35, 30

CLOSE = 0.2  # an estimate that is off by such a share is still about right
FINE = 0.03  # of the estimates that are compared each is larger by that share
LEAST_CHANCE = 0.002


@dataclass(frozen=True)
class Rest:
    """Calls that are sure, and with what chance each round of answers after them is needed."""

    calls: int = 0
    each: float = 0.0  # work of a call
    chances: tuple[float, ...] = ()
    at_once: int = 0  # answers in a round
    short: float = 0.0  # words that are probably lacking after all of them


@dataclass
class Part:
    """A part of a step under way: what it was to take, and what has come since."""

    rest: Rest
    ended: int = 0
    open_work: float = 0.0  # of calls that have not ended

    @property
    def sure(self) -> float:
        """The work to come of the calls that are sure."""
        left = (self.rest.calls - self.ended) * self.rest.each - self.open_work
        over = self.ended >= self.rest.calls and not self.open_work
        return max(left, 0.0 if over else OVERRUN_WORK)


def steps_rest(lacking: float, steps: int, rounds: int, at_once: int) -> Rest:
    """Of a text that lacks so many words, but for what the model says in as many `steps`."""
    left = _after({round(lacking): 1.0}, STEP_WORDS, steps)
    needed, short = chances(left, rounds, at_once)
    return Rest(steps, STEP_WORK, needed, at_once, short)


def answers_rest(lacking: float, rounds: int, at_once: int) -> Rest:
    """Of a text that lacks so many words and gets at most so many `rounds` of answers."""
    if lacking <= 0 or not rounds:
        return Rest(short=max(lacking, 0))
    return round_rest(lacking, at_once, rounds - 1, at_once)


def round_rest(lacking: float, answers: int, rounds: int, at_once: int) -> Rest:
    """Of a text that lacks so many words while `answers` come, with `rounds` of them to follow."""
    left = _after({round(lacking): 1.0}, ANSWER_WORDS, answers)
    needed, short = chances(left, rounds, at_once)
    return Rest(answers, ANSWER_WORK, needed, at_once, short)


def editor_rest(rests: Iterable[Rest]) -> Rest:
    """The answers that the editor will ask for, once sections have ended as they probably will."""
    short = round(sum(rest.short for rest in rests)) - BESIDES
    left = {short - SPREAD: 0.3, short: 0.4, short + SPREAD: 0.3}
    needed, _ = chances(left, EDITOR_ROUNDS, EDITOR_AT_ONCE)
    return Rest(chances=needed, at_once=EDITOR_AT_ONCE)


def chances(lacking: Words, rounds: int, at_once: int) -> tuple[tuple[float, ...], float]:
    """With what chance a text needs each of so many `rounds` of answers, and what it lacks then.

    `lacking` are the words that it probably lacks before them.
    """
    found: list[float] = []
    for _ in range(rounds):
        lacking = {words: chance for words, chance in lacking.items() if words > 0}
        found.append(sum(lacking.values()))
        lacking = _after(lacking, ANSWER_WORDS, at_once)
    return tuple(found), sum(words * chance for words, chance in lacking.items() if words > 0)


def _after(lacking: Words, brought: Words, times: int) -> Words:
    """What is lacking once `brought` has come so many times."""
    for _ in range(times):
        left: Words = {}
        for (words, chance), (more, share) in product(lacking.items(), brought.items()):
            left[words - more] = left.get(words - more, 0.0) + chance * share
        lacking = left
    return lacking


def likely_answers(rests: Iterable[Rest], beside: float) -> float:
    """The work of answers with which most of what may come is about right.

    Work that is sure comes `beside` it: to be about right is a matter of both.
    """
    likely = _likely(rests)
    base = beside + OVERRUN_WORK
    points = [(math.log(base + work), chance) for work, chance in likely.items()]
    low, high = math.log(base + min(likely)), math.log(base + max(likely))
    tried = [low + FINE * number for number in range(math.ceil((high - low) / FINE))]

    def right(estimate: float) -> float:
        return sum(p * math.exp(-(((estimate - at) / CLOSE) ** 2) / 2) for at, p in points)

    return math.exp(max([*tried, high], key=right)) - base


def _likely(rests: Iterable[Rest]) -> dict[float, float]:
    """How much work the answers may come to in all, and the chance of each."""
    whole = {0.0: 1.0}
    for rest in rests:
        merged: dict[float, float] = {}
        reached = (1.0, *rest.chances)
        for rounds, (chance, more) in enumerate(zip(reached, (*rest.chances, 0.0), strict=True)):
            work = rounds * rest.at_once * ANSWER_WORK
            for before, share in whole.items():
                merged[before + work] = merged.get(before + work, 0.0) + share * (chance - more)
        whole = merged
    return {work: share for work, share in whole.items() if share >= LEAST_CHANCE}
