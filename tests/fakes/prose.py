"""A writer without a model: varied English of a wanted length, the same for the same seed."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

DEFAULT_WORDS = 120
SENTENCES_A_PARAGRAPH = 5

_ADJECTIVES = (
    "careful patient local seasoned quiet practical honest curious modest sturdy thoughtful "
    "regional skilled watchful friendly steady inventive frugal plain generous brisk tidy bold "
    "gentle rural coastal urban early late independent"
).split()
_PEOPLE = (
    "growers buyers teachers founders editors planners drivers bakers readers guests partners "
    "engineers designers neighbours customers suppliers apprentices managers visitors makers "
    "clerks sailors nurses gardeners owners writers artists cooks tenants scouts"
).split()
_VERBS = (
    "compare measure explain improve question repair record choose describe test welcome sort "
    "notice support share review shape gather protect discuss prepare follow weigh study value "
    "understand rethink arrange introduce simplify"
).split()
_THINGS = (
    "budgets letters harvests schedules meetings recipes invoices workshops gardens journeys "
    "contracts habits samples reports markets drawings promises questions signposts streets "
    "machines baskets windows stories signals margins lessons bridges rooms seasons"
).split()
_ADVERBS = (
    "slowly openly carefully together weekly calmly fairly twice indoors early quickly gladly "
    "often rarely patiently quietly firmly later today nearby"
).split()
_PATTERNS = (
    "{adjective} {people} {verb} {topic} {adverb} and {verb} {adjective} {things} afterwards",
    "when {people} {verb} {things}, {topic} helps {adjective} {people} to {verb} {things}",
    "with {topic}, {adjective} {people} {adverb} {verb} their {things}",
    "few {people} {verb} {adjective} {things} without {topic}, yet most {verb} {things} {adverb}",
    "because {adjective} {things} change, {people} {adverb} {verb} {topic} before {things}",
    "{people} who {verb} {topic} {adverb} also {verb} {adjective} {things} for {people}",
    "after the first {things}, {people} {verb} {adjective} {things} and ask about {topic}",
    "some {people} {verb} {things}; others {adverb} {verb} {topic} with {adjective} {people}",
)
_STOP_WORDS = frozenset(
    "about after again answer article audience before between content could every following "
    "heading headings include keyword keywords least other paragraph please reader readers "
    "section sections sentence sentences should source sources their there these those title "
    "topic using which while whose without words would write written".split()
)


def wanted_words(prompt: str) -> int:
    """The number before “words” in `prompt`, or a default."""
    found = re.search(r"(\d{2,4})[ -]words?\b", prompt)
    return int(found.group(1)) if found else DEFAULT_WORDS


def prose(prompt: str, words: int, seed: str) -> str:
    """At least `words` words in paragraphs, mentioning the longer words of `prompt` in turn."""
    slots = _Slots(prompt, seed)
    sentences: list[str] = []
    count = 0
    while count < words:
        sentence = slots.sentence()
        if sentence not in sentences:
            sentences.append(sentence)
            count += len(sentence.split())
    paragraphs = [
        " ".join(sentences[start : start + SENTENCES_A_PARAGRAPH])
        for start in range(0, len(sentences), SENTENCES_A_PARAGRAPH)
    ]
    return "\n\n".join(paragraphs)


def fill_schema(schema: Mapping[str, Any], prompt: str, seed: str) -> Any:
    """A value that satisfies the JSON schema, its strings taken from the same writer."""
    return _fill(schema, schema.get("$defs", {}), _Slots(prompt, seed))


class _Slots:
    """Endless words of each kind, in a shuffled order that only repeats once it is used up."""

    def __init__(self, prompt: str, seed: str) -> None:
        order = random.Random(seed)
        banks = {
            "adjective": _ADJECTIVES,
            "people": _PEOPLE,
            "verb": _VERBS,
            "things": _THINGS,
            "adverb": _ADVERBS,
            "topic": _topics(prompt),
        }
        self._words = {name: _cycle(bank, order) for name, bank in banks.items()}
        self._patterns = _cycle(_PATTERNS, order)

    def sentence(self) -> str:
        pattern = next(self._patterns)
        text = re.sub(r"\{(\w+)\}", lambda slot: next(self._words[slot.group(1)]), pattern)
        return text[0].upper() + text[1:] + "."

    def phrase(self) -> str:
        return " ".join(next(self._words[kind]) for kind in ("adjective", "topic", "things"))


def _topics(prompt: str) -> list[str]:
    words = dict.fromkeys(word.lower() for word in re.findall(r"[A-Za-z]{5,}", prompt))
    return [word for word in words if word not in _STOP_WORDS][:24] or ["everyday work"]


def _cycle(bank: Sequence[str], order: random.Random) -> Iterator[str]:
    while True:
        yield from order.sample(list(bank), len(bank))


def _fill(schema: Mapping[str, Any], definitions: Mapping[str, Any], slots: _Slots) -> Any:
    if "$ref" in schema:
        return _fill(definitions[schema["$ref"].rsplit("/", 1)[-1]], definitions, slots)
    if "anyOf" in schema:
        return _fill(schema["anyOf"][0], definitions, slots)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type", "object")
    if kind == "object":
        fields = schema.get("properties", {})
        return {name: _fill(field, definitions, slots) for name, field in fields.items()}
    if kind == "array":
        count = max(schema.get("minItems", 0), min(3, schema.get("maxItems", 3)))
        return [_fill(schema.get("items", {}), definitions, slots) for _ in range(count)]
    if kind == "string":
        return slots.phrase()[: schema.get("maxLength", 1000)]
    return {"boolean": True, "null": None}.get(kind, schema.get("minimum", 1))
