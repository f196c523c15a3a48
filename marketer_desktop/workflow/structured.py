"""Answers of a given shape: asked for, validated, and asked for again with what was wrong."""

import json
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from marketer_desktop.domain.brief import Brief
from marketer_desktop.workflow.model_calls import ModelCalls
from marketer_desktop.workflow.prompts import prompt

REPAIRS = 2
LONGEST_QUOTE = 600  # characters of an answer that are shown to the model again
MOST_PROBLEMS = 3

Shape = TypeVar("Shape", bound=BaseModel)


async def structured(
    calls: ModelCalls,
    brief: Brief,
    place: tuple[str, str],
    asked: tuple[str, str],
    max_tokens: int,
    shape: type[Shape],
) -> Shape | None:
    """The model's answer to `asked` as a `shape`; None if also the repaired ones are none.

    `place` is the agent and the node. A server may enforce the schema or overlook it: what comes
    is validated in either case.
    """
    agent, node = place
    schema = shape.model_json_schema()
    parts = {"system": asked[0], "user": asked[1], "schema": json.dumps(schema)}
    wanted = prompt("json", brief, **parts)
    for attempt in range(1, REPAIRS + 2):
        said = await calls.ask(agent, node, wanted, max_tokens, attempt, schema=schema)
        try:
            return read(said, shape)
        except ValueError as error:
            told = {"problem": _problem(error), "answer": said[:LONGEST_QUOTE]}
            wanted = prompt("json_again", brief, **parts, **told)
    return None


def read(said: str, shape: type[Shape]) -> Shape:
    """The first JSON object in an answer, fenced or with words around it; `ValueError` if none.

    One that breaks off is none: its beginning would be a list that is too short.
    """
    start = said.find("{")
    if start < 0:
        raise ValueError("there is no JSON object in it")
    value, _ = json.JSONDecoder().raw_decode(said[start:])
    return shape.model_validate(value)


def _problem(error: ValueError) -> str:
    if isinstance(error, ValidationError):
        wrong = error.errors()[:MOST_PROBLEMS]
        return "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in wrong)
    return str(error)
