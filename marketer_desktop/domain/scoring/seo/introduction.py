"""Whether the first paragraph says what the text is about."""

from marketer_desktop.domain.scoring.seo.subject import Subject, block_position, verdict
from marketer_desktop.domain.scoring.verdict import ScoredCheck

ID = "introductionKeyword"


def check_introduction(subject: Subject) -> ScoredCheck:
    """All words of the keyphrase in one sentence, or at least in the first paragraph."""
    first = next((b for b in subject.blocks if b.kind not in {"heading", "caption"}), None)
    if first is None:
        return verdict(ID, 3, "There is no first paragraph. Open with one that uses the keyphrase.")
    place = [block_position(first)]
    if any(subject.keyphrase.uses(sentence.text) for sentence in subject.sentences_of(first)):
        return verdict(ID, 9, "The keyphrase is in the introduction.")
    if subject.keyphrase.uses(first.text):
        message = (
            "The words of the keyphrase are in the first paragraph, but not in one sentence. "
            "Bring them together."
        )
        return verdict(ID, 6, message, place)
    message = "The first paragraph lacks the keyphrase. Say in it what the text is about."
    return verdict(ID, 3, message, place)
