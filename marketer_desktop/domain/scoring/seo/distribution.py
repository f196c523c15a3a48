"""Whether the keyphrase comes back throughout the text."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from marketer_desktop.domain.scoring.paper import Block
from marketer_desktop.domain.scoring.seo.subject import Sentence, Subject, verdict
from marketer_desktop.domain.scoring.verdict import ScoredCheck

ID = "keyphraseDistribution"
FEWEST_SENTENCES = 15
EVEN, UNEVEN = 0.3, 0.5
LONG_KEYPHRASE = 4


def check_distribution(subject: Subject) -> ScoredCheck:
    """No long stretch of sentences without the keyphrase."""
    sentences = _sentences(subject)
    if not subject.keyphrase.length or not sentences:
        return verdict(ID, 1, "Use the keyphrase throughout the text.")
    named = [_names(subject, sentence) for sentence in sentences]
    if not any(named):
        return verdict(ID, 1, "No sentence has the keyphrase. Use it throughout the text.")
    if len(sentences) < FEWEST_SENTENCES:
        return verdict(ID, 9, "The text is too short for the keyphrase to be spread badly.")
    start, end = _longest_gap(named)
    share = (end - start) / len(sentences)
    if share <= EVEN:
        return verdict(ID, 9, "The keyphrase is spread evenly.")
    message = f"{end - start} sentences in a row lack the keyphrase. Use it there as well."
    positions = (sentence.position() for sentence in sentences[start:end])
    return verdict(ID, 6 if share <= UNEVEN else 1, message, positions)


def _sentences(subject: Subject) -> list[Sentence]:
    """As they are read: the items of a list go on as one text."""
    return [s for block in _merged(subject.blocks) for s in subject.sentences_of(block)]


def _merged(blocks: Sequence[Block]) -> Iterator[Block]:
    for is_item, group in groupby(blocks, key=lambda block: block.kind == "item"):
        if is_item:
            yield _joined(list(group))
        else:
            yield from group


def _joined(items: list[Block]) -> Block:
    runs: list[tuple[int, int]] = []
    length = 0
    for item in items:
        runs += [(length + visible, source) for visible, source in item.runs]
        length += len(item.text) + 1
    text = " ".join(item.text for item in items)
    return Block("item", text, items[0].start, items[-1].end, runs=tuple(runs))


def _names(subject: Subject, sentence: Sentence) -> bool:
    """All words of a short keyphrase, or half of those of a long one."""
    share = subject.keyphrase.share(sentence.text)
    return share == 1 if subject.keyphrase.length < LONG_KEYPHRASE else share >= 0.5


def _longest_gap(named: list[bool]) -> tuple[int, int]:
    best, start = (0, 0), 0
    for end, has in enumerate([*named, True]):
        if has:
            best = max(best, (start, end), key=lambda gap: gap[1] - gap[0])
            start = end + 1
    return best
