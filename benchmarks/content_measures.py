"""What `make bench-content` measures of a piece, ours or the single prompt's, in the same way."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy

from marketer_desktop.domain.brief import Brief
from marketer_desktop.domain.checks.check import Check
from marketer_desktop.domain.links import visible
from marketer_desktop.domain.piece import Piece, Sentence, Source
from marketer_desktop.domain.screening import figures
from marketer_desktop.domain.words import count_words, folded, ngrams
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings

GRAM = 5
MOST_TIMES = 3
SHARED_FROM = 6  # words

Texts = Mapping[int, str]  # the whole text of each document


def hard_failures(checks: Iterable[Check], *, variants: bool) -> list[str]:
    """The hard checks that failed; without `variants`, those of posts beside the piece left out."""
    return [c.id for c in checks if c.hard and not c.passed and (variants or c.group != "variants")]


def hard_share(checks: Sequence[Check], *, variants: bool) -> float:
    """The share of the hard checks that passed."""
    hard = [c for c in checks if c.hard and (variants or c.group != "variants")]
    return sum(c.passed for c in hard) / len(hard)


def unresolved(piece: Piece, sources: Sequence[Source], documents: Texts) -> list[str]:
    """Cited sentences whose number leads to no passage, or whose passage says something else.

    A passage has to stand in its document where it says it does. A quotation has to stand in it
    word for word; of any other cited sentence every figure has to.
    """
    known = {source.n: source for source in sources}
    return [
        sentence.text
        for sentence in piece.sentences()
        if sentence.source is not None
        and not _resolves(sentence, known.get(sentence.source), documents)
    ]


def _resolves(sentence: Sentence, source: Source | None, documents: Texts) -> bool:
    if source is None:
        return False
    passage = documents.get(source.document_id, "")[source.start : source.end]
    if not passage or _flat(passage) != _flat(source.text):
        return False
    said = visible(sentence.text)
    if sentence.origin == "source":
        return _within(said, _flat(passage))
    return figures(said) <= figures(passage)


def repeated(piece: Piece, keywords: Sequence[str]) -> tuple[int, float]:
    """Runs of five words that come more than three times, and the share of runs come before.

    Runs inside a requested keyword do not count.
    """
    inside = {gram for keyword in keywords for gram in ngrams(folded(keyword), GRAM)}
    counted = Counter(
        gram
        for sentence in piece.sentences()
        for gram in ngrams(folded(visible(sentence.text)), GRAM)
        if gram not in inside
    )
    total = sum(counted.values())
    again = total - len(counted)
    return sum(n > MOST_TIMES for n in counted.values()), again / total if total else 0.0


def written_or_said(piece: Piece, answers: Iterable[str], documents: Texts) -> list[bool]:
    """Of each sentence, whether it stands in an answer of the model's or in a document."""
    known = [_flat(text) for text in [*answers, *documents.values()]]
    return [
        any(_within(visible(sentence.text), text) for text in known)
        for sentence in piece.sentences()
    ]


def shared_sentences(pieces: Mapping[str, Piece], *, quoted: bool) -> dict[str, list[str]]:
    """Sentences of six or more words in several pieces; `quoted` says whether quotations count."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for name, piece in pieces.items():
        for sentence in piece.sentences():
            text = visible(sentence.text)
            if count_words(text) >= SHARED_FROM and (quoted or sentence.origin != "source"):
                found[folded(text)].add(name)
    return {" ".join(said): sorted(names) for said, names in found.items() if len(names) > 1}


def nearness(piece: Piece, brief: Brief, embeddings: MiniLmEmbeddings) -> float:
    """How near each section is to its heading and the brief: the mean of their cosines."""
    about = f"{brief.topic}. {', '.join(brief.keywords)}"
    pairs = [
        (" ".join(visible(s.text) for s in section.sentences()), f"{section.heading}. {about}")
        for section in piece.sections
    ]
    pairs = [(text, heading) for text, heading in pairs if text]
    if not pairs:
        return 0.0
    vectors = numpy.array(embeddings.embed_documents([text for pair in pairs for text in pair]))
    return float((vectors[0::2] * vectors[1::2]).sum(axis=1).mean())


def _flat(text: str) -> str:
    return f" {' '.join(folded(text))} "


def _within(sentence: str, flat: str) -> bool:
    words = " ".join(folded(sentence))
    return bool(words) and f" {words} " in flat
