"""Whether there is enough to read."""

from marketer_desktop.domain.scoring.seo.subject import Subject, verdict
from marketer_desktop.domain.scoring.verdict import ScoredCheck

ID = "textLength"
ENOUGH = 300
_SCORES = ((ENOUGH, 9), (250, 6), (200, 3), (100, -10))


def check_text_length(subject: Subject) -> ScoredCheck:
    """At least three hundred words."""
    score = next((score for least, score in _SCORES if subject.words >= least), -20)
    if subject.words >= ENOUGH:
        return verdict(ID, score, f"The text has {subject.words} words.")
    message = f"The text has {subject.words} words. Write at least {ENOUGH}."
    return verdict(ID, score, message)
