"""What brand documents say of a brand, in short: who it is, what it offers, how it sounds."""

import re
from collections.abc import Iterable, Iterator, Sequence

from pydantic import BaseModel, Field

from marketer_desktop.domain.addresses import addresses
from marketer_desktop.domain.brand_voice import BrandVoice
from marketer_desktop.domain.grounding import supporting
from marketer_desktop.domain.instructions import addressed
from marketer_desktop.domain.piece import Source
from marketer_desktop.domain.screening import well_formed
from marketer_desktop.domain.titles import content_words
from marketer_desktop.domain.words import count_words, folded, split_sentences

MOST_PHRASES, LONGEST_PHRASE = 20, 6  # a phrase in words
FEWEST_TONES, MOST_TONES = 2, 5
LONGEST_SENTENCE = 24  # words of “who” and “what”, which stand in every prompt

_BRAND_FILE = re.compile(
    r"brand|(?:^|[\W_])voice(?:[\W_]|$)|style[\W_]*guide|tone[\W_]*of", re.IGNORECASE
)
_QUOTED = re.compile(r"“([^”]{2,60})”|\"([^\"]{2,60})\"|(?<!\w)[‘']([^’']{2,60})[’'](?!\w)")
_CLAUSE = re.compile(
    r"(?<=[”\"’'])\s*[,;:—–-]\s*|\s*;\s*|\s+but\s+|(?=\binstead of\b|\brather than\b|\bnot\b|"
    r"\bnever\b|\bavoid\b)",
    re.IGNORECASE,
)
_BANNED = re.compile(
    r"\b(?:never|avoid|not|don['’]t|instead of|rather than|banned|forbidden|no)\b", re.IGNORECASE
)
_SAID = re.compile(r"\b(?:say|says|write|use|prefer|call|calls|speak of|instead)\b", re.IGNORECASE)
_TONE = re.compile(r"\b(?:tone|voice|sound|sounds|style|words describe)\b", re.IGNORECASE)
_NO_TONE = frozenset(
    """
    tone voice brand company text texts word words style every each channel describe describes
    sound sounds always never write writes writing writers three two four five should must very
    more less than them they there one use speak say not only
    """.split()
)


class BrandSummary(BaseModel):
    """The brand in a few words; all of it may be empty."""

    tone: str = ""
    who: str = ""
    what: str = ""
    preferred: list[str] = Field(default_factory=list)
    forbidden: list[str] = Field(default_factory=list)

    def line(self) -> str:
        """Who the brand is and what it offers, for a prompt; empty if nothing is known."""
        return " ".join(part for part in (self.who, self.what) if part)

    def joined(self, voice: BrandVoice) -> BrandVoice:
        """The voice of a project with what its documents add; the project has the last word."""
        forbidden = [*voice.forbidden, *(p for p in self.forbidden if p not in voice.preferred)]
        preferred = [*voice.preferred, *(p for p in self.preferred if p not in forbidden)]
        return BrandVoice(
            tone=voice.tone or self.tone,
            style=voice.style,
            guidelines=voice.guidelines,
            preferred=_distinct(preferred),
            forbidden=_distinct(forbidden),
            examples=voice.examples,
        )


def _distinct(phrases: Iterable[str]) -> list[str]:
    kept: dict[tuple[str, ...], str] = {}
    for phrase in phrases:
        kept.setdefault(folded(phrase), phrase)
    return [*kept.values()][:MOST_PHRASES]


def is_brand_document(filename: str, tags: Iterable[str]) -> bool:
    """Whether a document says how to write for the brand: by its tag, else by its name."""
    return "brand" in {tag.casefold() for tag in tags} or bool(_BRAND_FILE.search(filename))


def phrases(texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """The quoted phrases that brand documents ask for, and those that they ban."""
    preferred: dict[tuple[str, ...], str] = {}
    forbidden: dict[tuple[str, ...], str] = {}
    for text in texts:
        for sentence in split_sentences(" ".join(text.split())):
            for banned, phrase in _ruled(sentence):
                (forbidden if banned else preferred).setdefault(folded(phrase), phrase)
    kept = [phrase for key, phrase in preferred.items() if key not in forbidden]
    return kept[:MOST_PHRASES], [*forbidden.values()][:MOST_PHRASES]


def _ruled(sentence: str) -> Iterator[tuple[bool, str]]:
    """The quoted phrases of a rule, and for each whether the rule bans it."""
    if not (_BANNED.search(sentence) or _SAID.search(sentence)):
        return
    banned: bool | None = None
    for clause in _CLAUSE.split(sentence):
        if _BANNED.search(clause):
            banned = True
        elif _SAID.search(_QUOTED.sub("", clause)):
            banned = False
        for found in _QUOTED.findall(clause):
            phrase = next(part for part in found if part).strip(" .,!")
            fits = 0 < count_words(phrase) <= LONGEST_PHRASE
            if banned is not None and fits and not (addressed(phrase) or addresses(phrase)):
                yield banned, phrase


def tone(answer: str, sources: Sequence[Source]) -> str:
    """The words of a model's answer that describe a voice, as far as the documents use them.

    Where the answer is of no use: what the documents themselves list after “voice” or “tone”.
    """
    rules = [s for source in sources for s in split_sentences(source.text) if _TONE.search(s)]
    known = {word for rule in rules for word in content_words(rule)} - _NO_TONE
    said = [word for word in dict.fromkeys(content_words(answer)) if word in known]
    listed = [word for rule in rules for word in _listed(rule)]
    chosen = [word for word in said if word in listed] or listed
    return ", ".join(chosen[:MOST_TONES]) if len(chosen) >= FEWEST_TONES else ""


def _listed(rule: str) -> list[str]:
    """The words of an enumeration: “plain, warm and exact”."""
    found = re.search(r"\b([\w-]+(?:, [\w-]+)*,? and [\w-]+)\b", rule)
    words = re.split(r",? and |, ", found.group(1)) if found else []
    return [word for word in map(str.casefold, words) if word not in _NO_TONE]


def statement(answer: str, sources: Sequence[Source], fallback: str = "") -> str:
    """A sentence of the answer that the documents say too, else the fallback."""
    for sentence in split_sentences(" ".join(answer.split())):
        sound = well_formed(sentence) and not addressed(sentence) and not addresses(sentence)
        short = count_words(sentence) <= LONGEST_SENTENCE
        if sound and short and supporting(sentence, sources) is not None:
            return sentence
    return fallback
