"""A document is read by two processes only where other documents leave them two cores."""

import io
from pathlib import Path
from typing import cast

import pytest

from marketer_desktop.knowledge.parser_child import HELPED
from marketer_desktop.knowledge.ready_parser import Parser, ReadyParser, end


class FakeParser:
    """What was told to it is in `told`."""

    def __init__(self) -> None:
        self.stdin, self.stdout = io.BytesIO(), io.BytesIO()

    @property
    def helped(self) -> bool:
        return HELPED.encode() in self.stdin.getvalue().split()

    def kill(self) -> None:
        pass

    wait = poll = kill


@pytest.mark.parametrize(
    ("cores", "helped"), [(1, []), (2, [0]), (3, [0]), (4, [0, 1]), (7, [0, 1, 2])]
)
def test_as_many_documents_are_helped_as_have_two_cores(cores: int, helped: list[int]) -> None:
    ready = ReadyParser(lambda arguments: cast(Parser, FakeParser()), cores)
    taken = [cast(FakeParser, ready.take(Path("a.pdf"))) for _ in range(5)]
    assert [number for number, each in enumerate(taken) if each.helped] == helped


def test_the_next_is_helped_when_those_before_it_have_ended() -> None:
    ready = ReadyParser(lambda arguments: cast(Parser, FakeParser()), 2)
    first, second = ready.take(Path("a.pdf")), ready.take(Path("b.pdf"))
    end(first)
    third = ready.take(Path("c.pdf"))
    assert not cast(FakeParser, third).helped
    end(second)
    end(third)
    assert cast(FakeParser, ready.take(Path("d.pdf"))).helped


@pytest.mark.parametrize(("cores", "started"), [(1, [2, 2]), (2, [1, 2])])
def test_the_next_parser_does_not_start_while_a_document_takes_all_cores(
    cores: int, started: list[int]
) -> None:
    made: list[Parser] = []

    def start(arguments: list[str]) -> Parser:
        made.append(cast(Parser, FakeParser()))
        return made[-1]

    ready = ReadyParser(start, cores)
    with ready.announced(2):
        first, while_it_is_read = ready.take(Path("a.pdf")), len(made)
        ready.replied(first)
        assert [while_it_is_read, len(made)] == started
        assert ready.take(Path("b.pdf")) is made[1]


def test_a_parser_that_cannot_be_had_in_advance_does_not_fail_the_document() -> None:
    started: list[Parser] = []

    def start(arguments: list[str]) -> Parser:
        if arguments:
            raise ChildProcessError
        started.append(cast(Parser, FakeParser()))
        return started[-1]

    ready = ReadyParser(start)
    with ready.announced(3):
        assert [ready.take(Path("a.pdf")), ready.take(Path("b.pdf"))] == started
