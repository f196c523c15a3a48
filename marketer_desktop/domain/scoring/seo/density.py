"""How often the keyphrase is used."""

import math

from marketer_desktop.domain.scoring.seo.subject import Sentence, Subject, verdict
from marketer_desktop.domain.scoring.verdict import Position, ScoredCheck

ID = "keyphraseDensity"
LEAST, MOST, FAR_TOO_MUCH = 0.5, 3.0, 4.0
SHORT_TEXT, VERY_SHORT_TEXT = 100, 50
TOO_FEW, GOOD, TOO_MANY, FAR_TOO_MANY = 4, 9, -10, -50


def check_density(subject: Subject) -> ScoredCheck:
    """Often enough to be found, seldom enough to be read."""
    if not subject.keyphrase.length or not subject.parts:
        return verdict(ID, FAR_TOO_MANY, "Without a text and a keyphrase nothing can be counted.")
    uses = sum(subject.keyphrase.uses(sentence.text) for sentence in subject.sentences)
    least, most = _bounds(subject)
    score = _score(subject, uses, most)
    times = "once" if uses == 1 else f"{uses} times"
    if score == GOOD:
        return verdict(ID, score, f"The keyphrase is used {times}.", _places(subject))
    if score == TOO_FEW:
        advice = f"Use it at least {least} time{'s' if least > 1 else ''}."
        return verdict(ID, score, f"The keyphrase is used {times}. {advice}", _places(subject))
    advice = f"Use it at most {most} time{'s' if most > 1 else ''}."
    return verdict(ID, score, f"The keyphrase is used {times}. {advice}", _places(subject))


def _score(subject: Subject, uses: int, most: int) -> int:
    if subject.parts < SHORT_TEXT:
        if uses in range(1, most + 1):
            return GOOD
        return TOO_FEW if not uses else TOO_MANY if uses == most + 1 else FAR_TOO_MANY
    density = uses / subject.parts * 100 * _weight(subject)
    if uses == 2 and _bounds(subject)[0] <= 2:
        return GOOD
    if density > FAR_TOO_MUCH:
        return FAR_TOO_MANY
    if density > MOST:
        return TOO_MANY
    return GOOD if uses > 1 and density >= LEAST else TOO_FEW


def _bounds(subject: Subject) -> tuple[int, int]:
    """The fewest and the most uses that are right."""
    if subject.parts < SHORT_TEXT:
        return 1, 1 if subject.parts <= VERY_SHORT_TEXT else 2
    one = 100 * _weight(subject) / subject.parts
    return max(2, math.ceil(LEAST / one)), max(2, math.floor(MOST / one))


def _weight(subject: Subject) -> float:
    """The longer the keyphrase, the more one use counts."""
    return 0.7 + subject.keyphrase.length / 3


def _places(subject: Subject) -> list[Position]:
    return [
        place for sentence in subject.sentences for place in keyphrase_places(subject, sentence)
    ]


def keyphrase_places(subject: Subject, sentence: Sentence) -> list[Position]:
    """Where the words of the keyphrase stand in a sentence that has all of them."""
    found = subject.keyphrase.found(sentence.text)
    if not found or not all(found):
        return []
    spans = sorted({span for places in found for span in places})
    return [sentence.position(start, end) for start, end in spans]
