"""The sentence that search results show below the title."""

from marketer_desktop.domain.scoring.seo.subject import Subject, verdict
from marketer_desktop.domain.scoring.verdict import ScoredCheck

KEYPHRASE, LENGTH = "metaDescriptionKeyword", "metaDescriptionLength"
SHORTEST, LONGEST = 121, 156


def check_description_keyphrase(subject: Subject) -> ScoredCheck:
    """Once or twice, counted sentence by sentence."""
    text = subject.paper.description
    uses = sum(subject.keyphrase.uses(text[start:end]) for start, end in subject.spans(text))
    if not uses:
        return verdict(KEYPHRASE, 3, "The meta description lacks the keyphrase. Add it.")
    if uses > 2:
        message = f"The meta description has the keyphrase {uses} times. Twice is enough."
        return verdict(KEYPHRASE, 3, message)
    return verdict(KEYPHRASE, 9, "The keyphrase is in the meta description.")


def check_description_length(subject: Subject) -> ScoredCheck:
    """Long enough to say something, short enough not to be cut."""
    length = len(subject.paper.description)
    asked = f"Aim for {SHORTEST} to {LONGEST}."
    if not length:
        return verdict(LENGTH, 1, f"There is no meta description. Write one. {asked}")
    if SHORTEST <= length <= LONGEST:
        return verdict(LENGTH, 9, "The meta description has a good length.")
    return verdict(LENGTH, 6, f"The meta description has {length} characters. {asked}")
