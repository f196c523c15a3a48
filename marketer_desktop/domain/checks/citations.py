"""Every citation leads to a passage that says what is quoted."""

from marketer_desktop.domain.checks.check import Check, Subject, verdict
from marketer_desktop.domain.piece import Sentence, Source
from marketer_desktop.domain.screening import figures
from marketer_desktop.domain.words import folded, ngrams


def _stands_in(sentence: Sentence, source: Source) -> bool:
    """A quoted sentence stands there word for word; a model's own keeps the source's figures."""
    if sentence.origin == "source":
        wanted = folded(sentence.text)
        return wanted in ngrams(folded(source.text), len(wanted))
    return figures(sentence.text) <= figures(source.text)


def check_citations(subject: Subject) -> Check:
    """Each `[n]` resolves to document and span, and the fact stands in that passage."""
    sources = {source.n: source for source in subject.sources}
    for sentence in subject.piece.sentences():
        if sentence.source is None:
            continue
        source = sources.get(sentence.source)
        if source is None or source.start >= source.end:
            return verdict("citations", f"[{sentence.source}] leads to no passage.", "")
        if not _stands_in(sentence, source):
            problem = f"[{source.n}] does not say: “{sentence.text}”"
            return verdict("citations", problem, "")
    cited = len(subject.piece.cited())
    praise = f"All {cited} cited passages are found." if cited else "No source found; none cited."
    return verdict("citations", "", praise)
