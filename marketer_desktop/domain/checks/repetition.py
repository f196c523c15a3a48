"""No sentence twice, and no run of five words more than three times."""

from collections import Counter

from marketer_desktop.domain.checks.check import Check, Subject, verdict
from marketer_desktop.domain.words import folded, repeated_ngrams

RUN, MOST = 5, 3


def check_repetition(subject: Subject) -> Check:
    """Repeated sentences and 5-grams; those inside a keyword do not count."""
    texts = [sentence.text for sentence in subject.piece.sentences()]
    twice = [text for text, times in Counter(map(folded, texts)).items() if times > 1]
    runs = repeated_ngrams(texts, RUN, MOST, subject.brief.keywords)
    problem = ""
    if twice:
        problem = f"A sentence stands there twice: “{' '.join(twice[0])}”."
    elif runs:
        problem = f"“{' '.join(runs[0])}” stands there more than {MOST} times."
    return verdict("repetition", problem, "Nothing is repeated.")
