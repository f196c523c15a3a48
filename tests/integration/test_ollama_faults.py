"""What goes wrong on the wire to Ollama ends in a named error or, asked again, in a whole text."""

import pytest

from benchmarks import model_faults
from benchmarks.model_faults import Ended
from marketer_desktop.llm.answering import Answer
from marketer_desktop.llm.errors import AnswerUnusable, ModelError
from tests.fakes.ollama_faults import BROKEN_OFF, BUSY, FAULTS


@pytest.fixture(scope="module")
def ended() -> dict[str, Ended]:
    return model_faults.ended()


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_has_its_error_or_the_whole_text(ended: dict[str, Ended], name: str) -> None:
    fault, result, screen, calls = ended[name]
    if fault.error is None:
        assert isinstance(result, Answer), repr(result)
        assert result.text == screen.draft == fault.text
        assert result.tokens_input >= 0 and result.tokens_output >= 0
    else:
        assert type(result) is fault.error, repr(result)
    assert len(calls) == fault.calls
    assert sum("again" in said for said in screen.said) == fault.calls - 1
    options = [call.body["options"] for call in calls]
    if fault.error is AnswerUnusable:
        assert [option["seed"] for option in options] == [1, 2, 3]
    elif name in BROKEN_OFF | BUSY:
        assert options == options[:1] * fault.calls
    assert ended[name].is_right


def test_there_are_enough_of_them_and_each_is_another() -> None:
    assert len(FAULTS) >= 40
    assert len({repr(fault) for fault in FAULTS.values()}) == len(FAULTS)
    errors = {fault.error for fault in FAULTS.values()} - {None}
    assert all(issubclass(error, ModelError) for error in errors if error is not None)


def test_a_line_is_not_held_whatever_its_length(ended: dict[str, Ended]) -> None:
    assert "a line without an end" in str(ended["a line without an end"].result)


def test_a_tool_call_is_named_as_such(ended: dict[str, Ended]) -> None:
    assert "called a tool" in str(ended["a tool call in place of words"].result)
