"""Scores of any text."""

from typing import Annotated

from pydantic import BaseModel, Field

from marketer_desktop.api.asking import AsPerson
from marketer_desktop.api.router import EnvelopeRouter
from marketer_desktop.domain.checks.size import MOST_CHARACTERS
from marketer_desktop.domain.scoring.verdict import Score
from marketer_desktop.services.score_text import ScoreText

router = EnvelopeRouter(prefix="/api", tags=["scoring"])

Line = Annotated[str, Field(max_length=255)]


class Scoring(BaseModel):
    """A text in Markdown, and its search entry."""

    text: Annotated[str, Field(max_length=MOST_CHARACTERS)]
    keyphrase: Line = ""
    title: Line = ""
    description: Annotated[str, Field(max_length=2000)] = ""
    slug: Line = ""
    language: Annotated[str, Field(max_length=35)] = "en"


@router.post("/score")
async def score(asked: Scoring, who: AsPerson) -> Score:
    """How well the text can be found and how easily it reads; nothing is stored."""
    return await who.call(ScoreText(markdown=asked.text, **asked.model_dump(exclude={"text"})))
