import json
from pathlib import Path

from marketer_desktop.domain.scoring.verdict import Score
from marketer_desktop.services.registry import SERVICES
from marketer_desktop.services.score_text import ScoreText, score_text, scored
from tests.factories.scored_papers import scored_papers

RECORDED = Path(__file__).parents[2] / "data" / "scorer_oracle.json"
# Of 40 papers two may differ in a check of prose, none in the others: the limits of the proof.
OF_PROSE = {"passiveVoice", "textTransitionWords", "textSentenceLength", "sentenceBeginnings"}


def ours(paper: dict[str, object]) -> Score:
    call = {name: value for name, value in paper.items() if name not in {"id", "titleWidth"}}
    return scored(ScoreText.model_validate({**call, "title_width": paper["titleWidth"]}))


def test_verdicts_are_the_recorded_ones_of_the_oracle() -> None:
    recorded = json.loads(RECORDED.read_text("utf-8"))
    papers = scored_papers()
    assert len(recorded) == len(papers) == 40
    odd: dict[str, list[object]] = {}
    for paper, other in zip(papers, recorded, strict=True):
        scores = {check.id: check.score for check in ours(paper).checks}
        for name in scores.keys() | other["checks"].keys():
            if scores.get(name) != other["checks"].get(name):
                odd.setdefault(name, []).append(paper["id"])
    assert {name: ids for name, ids in odd.items() if name not in OF_PROSE} == {}
    assert all(len(ids) <= 2 for ids in odd.values()), odd


def test_totals_and_reading_ease_are_near_the_recorded_ones() -> None:
    recorded = json.loads(RECORDED.read_text("utf-8"))
    for paper, other in zip(scored_papers(), recorded, strict=True):
        own = ours(paper)
        assert abs(own.seo - max(0, other["seo"])) <= 3, paper["id"]
        assert abs(own.flesch - other["flesch"]) <= 4, paper["id"]


async def test_the_call_is_registered_and_reads_markdown() -> None:
    assert SERVICES["ScoreText"].result is Score
    call = ScoreText(markdown="# Red kettles\n\nRed kettles boil.", keyphrase="red kettles")
    told = await score_text(call, None, lambda event: None)  # type: ignore[arg-type]
    places = next(check for check in told.checks if check.id == "keyphraseDensity").positions
    assert [call.markdown[place.start : place.end] for place in places] == [
        "Red", "kettles", "Red", "kettles",
    ]  # fmt: skip
    assert told == scored(call)
