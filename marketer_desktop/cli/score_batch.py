"""Texts to score, one JSON object a line."""

import json

from pydantic import ConfigDict, Field, ValidationError

from marketer_desktop.domain.scoring.verdict import Score
from marketer_desktop.services.call import said_plainly
from marketer_desktop.services.score_text import ScoreText


class BadLine(Exception):
    """A line that cannot be scored; the message names it."""


class BatchLine(ScoreText):
    """One text with a name of its own."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)

    id: int | str
    title_width: float | None = Field(default=None, alias="titleWidth")

    def answer(self, told: Score) -> str:
        """The result as a line of JSON, the name first."""
        return json.dumps({"id": self.id, **told.model_dump(exclude={"left_out"})})


def read_batch(text: str) -> list[BatchLine]:
    """All lines, empty ones passed over; raises `BadLine` at the first that is wrong."""
    lines = enumerate(text.split("\n"), 1)
    return [_line(number, line) for number, line in lines if line.strip()]


def _line(number: int, line: str) -> BatchLine:
    try:
        value = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        reason = getattr(error, "msg", "too deep")
        raise BadLine(f"line {number} is no JSON: {reason}.") from None
    if not isinstance(value, dict) or ("html" in value) == ("markdown" in value):
        raise BadLine(f"line {number}: give an object with either “html” or “markdown”.")
    try:
        return BatchLine.model_validate(value)
    except ValidationError as error:
        raise BadLine(f"line {number}: {said_plainly(error)}") from None
