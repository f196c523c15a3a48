"""Whether the keyphrase itself can be worked with."""

from marketer_desktop.domain.scoring.seo.subject import Subject, verdict
from marketer_desktop.domain.scoring.verdict import ScoredCheck

LENGTH, FUNCTION_WORDS = "keyphraseLength", "functionWordsInKeyphrase"
SHORT, LONG = 4, 8


def check_keyphrase_length(subject: Subject) -> ScoredCheck:
    """Up to four words that say something."""
    words = subject.keyphrase.length
    if not words:
        return verdict(LENGTH, -999, "No keyphrase is set. Say what people should find this by.")
    if words <= SHORT:
        return verdict(LENGTH, 9, "The keyphrase has a good length.")
    score = 6 if words <= LONG else 3
    message = f"The keyphrase has {words} words that count. Shorten it to {SHORT} or fewer."
    return verdict(LENGTH, score, message)


def check_function_words(subject: Subject) -> ScoredCheck | None:
    """Nothing to say unless no word of the keyphrase means something by itself."""
    if not subject.keyphrase.only_function_words:
        return None
    message = "The keyphrase has only words such as “the” or “how”. Add one that says something."
    return verdict(FUNCTION_WORDS, 0, message)
