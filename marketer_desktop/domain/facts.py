"""Sentences of a document that can stand alone in an article, with the heading above them."""

import re
from collections.abc import Iterator

from marketer_desktop.domain.addresses import addresses
from marketer_desktop.domain.cohesion import leans
from marketer_desktop.domain.instructions import clean_sentences, commands, instructing_heading
from marketer_desktop.domain.piece import Fact
from marketer_desktop.domain.screening import well_formed
from marketer_desktop.domain.words import count_words, folded

FEWEST, MOST = 8, 32
LONGEST_HEADING = 8
LONGEST_WORD = 24  # letters; a longer one is several words whose spaces were lost

# Rules for writers are in every brand document; they guide a text and are not quoted in it.
_RULE = re.compile(
    r"\b(?:writers?|copy|copywriters?|headlines?|tone of voice|brand voice|logo|logotype|fonts?|"
    r"typeface|colou?r palette|spelling|exclamation marks?|sentences?|captions?|adjectives?|"
    r"guidelines?|phrases?|the words?|this document|page \d+|must not|should not|"
    r"never (?:say|write|use|call))\b",
    re.IGNORECASE,
)
# Addresses, cross-references and requests to the document's own reader.
_ELSEWHERE = re.compile(r"@|\(see\b|\bsee also\b|\bplease\b|\bin this chapter\b", re.IGNORECASE)
_LEADERS = re.compile(r"(?:[.·_]\s*){4,}|(?:…\s*){2,}")  # of a table of contents
_PARAGRAPH = re.compile(r"(?:[^\n]+(?:\n(?!\s*\n))?)+")
_FIGURES = re.compile(r"\d[\d.,]*")
_COMMAND = frozenset(
    """
    use avoid write never always do don't keep say choose please see note ask give make put show
    tell call name prefer spell refer contact start end let
    """.split()
)


def is_heading(paragraph: str) -> bool:
    """Whether a paragraph of extracted text looks like a heading."""
    plain = paragraph.lstrip("# ").strip()
    short = 0 < count_words(plain) <= LONGEST_HEADING
    # Rows of tables and colour swatches are short lines with capitals too.
    tabular = "|" in plain or "#" in plain or len(_FIGURES.findall(plain)) > 1
    return short and not tabular and plain[:1].isupper() and plain[-1] not in ".!?:;,"


def quotable(sentence: str) -> bool:
    """Whether a sentence states something that can be quoted by itself."""
    tokens = folded(sentence)
    if not FEWEST <= len(tokens) <= MOST or not well_formed(sentence):
        return False
    if any(len(token) > LONGEST_WORD for token in tokens) or _ELSEWHERE.search(sentence):
        return False
    if addresses(sentence) or commands(sentence) or _LEADERS.search(sentence):
        return False
    opening = tokens[0]
    return not leans(sentence) and opening not in _COMMAND and not _RULE.search(sentence)


def facts(source: int, text: str, heading: str = "", start: int = 0) -> Iterator[Fact]:
    """The quotable sentences of one passage, in order, without instructions to whoever writes.

    It begins under `heading` and at the character `start` of its document.
    """
    heading = "" if instructing_heading(heading) else heading
    read = 0
    for paragraph in _PARAGRAPH.findall(text):
        if is_heading(paragraph):
            plain = " ".join(paragraph.split()).lstrip("# ")
            heading = "" if instructing_heading(plain) else plain
            continue
        for sentence in filter(quotable, clean_sentences(" ".join(paragraph.split()))):
            # The passage may break its lines where the sentence has spaces.
            found = re.compile(r"\s+".join(map(re.escape, sentence.split()))).search(text, read)
            if found:
                read = found.end()
                yield Fact(
                    source=source, text=sentence, heading=heading, place=start + found.start()
                )
