"""Every citation leads to a passage that says what is quoted."""

import re

from marketer_desktop.domain.checks.check import Check, Subject, places, verdict
from marketer_desktop.domain.links import visible
from marketer_desktop.domain.piece import Sentence, Source
from marketer_desktop.domain.screening import figures
from marketer_desktop.domain.words import folded, has_run

_MARK = re.compile(r"\[(\d{1,6})\](?!\()")


def _stands_in(sentence: Sentence, source: Source) -> bool:
    """A quoted sentence stands there word for word; a model's own keeps the source's figures."""
    text = visible(sentence.text)
    if sentence.origin == "source":
        return has_run(folded(source.text), folded(text))
    return figures(text) <= figures(source.text)


def _problem(sentence: Sentence, sources: dict[int, Source]) -> str:
    written = [int(n) for n in _MARK.findall(sentence.text)]
    for number in [*written, *([] if sentence.source is None else [sentence.source])]:
        source = sources.get(number)
        if source is None or source.start >= source.end or not source.document:
            return f"[{number}] leads to no passage."
    if sentence.source is not None and not _stands_in(sentence, sources[sentence.source]):
        return f"[{sentence.source}] does not say: “{sentence.text}”"
    return ""


def check_citations(subject: Subject) -> Check:
    """Each `[n]` resolves to document and span, and the fact stands in that passage."""
    sources = {source.n: source for source in subject.sources}
    for sentence in subject.piece.sentences():
        problem = _problem(sentence, sources)
        if problem:
            where = places(subject.body, [visible(sentence.text)])
            return verdict("citations", problem, "", positions=where)
    cited = len(subject.piece.cited())
    praise = f"All {cited} cited passages are found." if cited else "No source found; none cited."
    return verdict("citations", "", praise)
