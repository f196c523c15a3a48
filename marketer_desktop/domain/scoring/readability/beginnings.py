"""Whether sentences in a row begin alike."""

from itertools import groupby

from marketer_desktop.domain.scoring.language import Language
from marketer_desktop.domain.scoring.readability.prose import Prose, Sentence
from marketer_desktop.domain.scoring.verdict import ScoredCheck

MOST_IN_A_ROW = 2


def sentence_beginnings(prose: Prose, language: Language) -> ScoredCheck:
    """No three sentences in a row with the same first word; in lists and tables they may.

    A weak first word, such as an article, counts with the word after it.
    """
    said = [
        sentence
        for passage in prose.passages
        if not passage.block.listed
        for sentence in passage.sentences
    ]
    runs = [list(run) for _, run in groupby(said, key=lambda one: _opening(one, language))]
    alike = [run for run in runs if len(run) > MOST_IN_A_ROW]
    return ScoredCheck(
        id="sentenceBeginnings",
        group="readability",
        score=3 if alike else 9,
        message=_message(alike),
        positions=[sentence.position for run in alike for sentence in run],
    )


def _opening(sentence: Sentence, language: Language) -> tuple[str, ...]:
    weak = sentence.words[0] in language.weak_openings
    return sentence.words[: 2 if weak else 1]


def _message(alike: list[list[Sentence]]) -> str:
    if not alike:
        return "No three sentences in a row begin alike."
    longest = max(alike, key=len)
    return f"{len(longest)} sentences in a row begin with “{longest[0].words[0]}”: vary them."
