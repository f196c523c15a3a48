"""Checks of how large a share of the sentences is long, passive, or joined to the one before."""

from marketer_desktop.domain.scoring.language import Language
from marketer_desktop.domain.scoring.readability.prose import Prose, Sentence
from marketer_desktop.domain.scoring.verdict import ScoredCheck

MOST_WORDS = 20
SHORT_TEXT = 200


def sentence_length(prose: Prose) -> ScoredCheck:
    """At most a quarter of the sentences over 20 words."""
    long = [one for one in prose.sentences if len(one.words) > MOST_WORDS]
    share = _percent(len(long), len(prose.sentences))
    score = _at_most(share, 25, 30)
    message = f"{share:g} % of the sentences are over 20 words"
    return _check("textSentenceLength", score, message, "at most 25 %: part long ones.", long)


def passive_voice(prose: Prose, language: Language) -> ScoredCheck:
    """At most a tenth of the sentences in the passive voice.

    Here the open analysis takes each line for itself, and a line of mere markup for a sentence.
    """
    said = [line for passage in prose.passages for line in passage.lines]
    passive = [one for one in said if language.passive(one.tokens)]
    share = _percent(len(passive), len(said) + prose.bare_lines)
    score = _at_most(share, 10, 15)
    message = f"{share:g} % of the sentences are in the passive voice"
    return _check("passiveVoice", score, message, "at most 10 %: say who does it.", passive)


def transition_words(prose: Prose, language: Language) -> ScoredCheck:
    """At least three sentences of ten with a transition word; short texts need none.

    The sentences without one are no faults, so the check has no positions.
    """
    with_one = sum(language.transitions(one.words) for one in prose.sentences)
    share = _percent(with_one, len(prose.sentences))
    message = f"{share:g} % of the sentences have a transition word"
    if prose.words < SHORT_TEXT:
        return _check("textTransitionWords", 9, message, "a text this short needs none.", [])
    score = 9 if share >= 30 else 6 if share >= 20 else 3
    advice = "at least 30 %: join sentences by words such as “however” or “because”."
    return _check("textTransitionWords", score, message, advice, [])


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def _at_most(share: float, good: float, fair: float) -> int:
    return 9 if share <= good else 6 if share <= fair else 3


def _check(
    check_id: str, score: int, finding: str, advice: str, faults: list[Sentence]
) -> ScoredCheck:
    return ScoredCheck(
        id=check_id,
        group="readability",
        score=score,
        message=f"{finding}." if score == 9 else f"{finding}; {advice}",
        positions=[] if score == 9 else [fault.position for fault in faults],
    )
