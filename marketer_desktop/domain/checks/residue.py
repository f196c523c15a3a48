"""What models leave behind and no reader may see: placeholders, echoes, thoughts, apologies."""

import re
from collections.abc import Sequence
from functools import lru_cache

from marketer_desktop.domain.checks.check import Check, Subject
from marketer_desktop.domain.checks.texts import absent
from marketer_desktop.domain.remembered import of_sentences
from marketer_desktop.domain.words import folded, ngrams, words

ECHOED = 8  # words of an instruction in a row

_PLACEHOLDER = re.compile(
    r"(?i:\[(?:your|insert|add|enter|company|brand|product|client|customer|recipient|name|"
    r"first name|last name|date|time|city|location|link|url|website|phone|email|address|number|"
    r"amount|price|topic|keywords?|industry|audience|placeholder)\b[^\]\n]{0,60}\](?!\())"
    r"|(?i:\blorem ipsum\b)|\b(?:TODO|TBD|FIXME)\b|\{\{[^{}\n]{0,60}\}\}|\{[A-Za-z_]\w{0,40}\}"
    r"|(?i:<(?:insert|your)\b[^<>\n]{0,60}>)|\[(?:\.\.\.|…)\]|\[[A-Z]{2,20}[ _-][A-Z _-]{1,40}\]"
)
_REASONING = re.compile(
    r"</?\s*(?:think(?:ing)?|reasoning|scratchpad)\s*>|<\|[^|<>\n]{1,40}\|>|\[/?INST\]"
    r"|<</?SYS>>|◁/?think▷",
    re.IGNORECASE,
)
_MODEL = r"(?:AI\b|artificial intelligence\b|(?:large )?language model\b)"
_AI_TALK = re.compile(
    rf"\bas an? {_MODEL}|\bI(?:['’]m| am) (?:just |only )?an? {_MODEL}"
    r"|\bmy (?:training data|knowledge cut-?off)\b"
    r"|\bI (?:can['’]t|cannot|can not|am unable to) (?:browse|assist|fulfil|access the internet)",
    re.IGNORECASE,
)
_FORMS = r"(?:blog|article|post|paragraph|section|e-?mail|text|sentences?|titles?|version|draft)"
_NUMBER = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten)"
_ECHO = re.compile(
    r"\A\W*(?:sure|certainly|of course|absolutely)[,!.]\s+(?:here|below|I\b)"
    rf"|\A\W*here(?:['’]s| is| are) (?:the|a|an|your|some|{_NUMBER}) "
    rf"(?:[\w-]+ ){{0,5}}?{_FORMS}\b"
    r"|\A\W*(?:topic|(?:target )?audience|tone(?: of voice)?|keywords?|keyphrase|word count|"
    r"instructions?|your task|output format|prompt|assistant|meta description|"
    r"(?:rewritten|revised)(?: text| version)?)\s*:\s"
    rf"|\A\W*(?:write|rewrite|generate|compose|draft) (?:a|an|the) (?:[\w-]+ ){{0,4}}?{_FORMS}\b"
    r"[^.\n]{0,80}\b(?:\d+ words|keywords?|keyphrase|in an? [\w-]+ tone|audience)\b"
    r"|\A\W*as (?:requested|you (?:asked|requested)),|\bbased on the (?:provided|above) "
    r"(?:text|facts|information|context|sources?|documents?|passages?)\b",
    re.IGNORECASE,
)


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found[0].strip() if found else None


@of_sentences
def placeholder(text: str) -> str | None:
    """A gap that somebody was to fill in, such as `[Your Company]`."""
    return _first(_PLACEHOLDER, text)


@of_sentences
def reasoning(text: str) -> str | None:
    """A mark of a model's thoughts or of its chat format."""
    return _first(_REASONING, text)


@of_sentences
def ai_talk(text: str) -> str | None:
    """A model that speaks of itself."""
    return _first(_AI_TALK, text)


def echo(text: str, prompts: Sequence[str] = ()) -> str | None:
    """Words of an instruction: a turn that only instructions have, or one of `prompts` itself."""
    found = _turn(text)
    if found or not prompts:
        return found
    known = _runs(tuple(prompts))
    tokens, written = folded(text), words(text)
    for place, run in enumerate(ngrams(tokens, ECHOED)):
        if run in known:
            return " ".join(written[place : place + ECHOED])
    return None


@of_sentences
def _turn(text: str) -> str | None:
    return next((hit for line in text.splitlines() if (hit := _first(_ECHO, line))), None)


@lru_cache(maxsize=8)
def _runs(prompts: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(run for prompt in prompts for run in ngrams(folded(prompt), ECHOED))


def check_placeholders(subject: Subject) -> Check:
    """No gap was left to be filled in."""
    mend = "Put the real words in its place, or delete the sentence."
    return absent("placeholders", subject, placeholder, mend, "No placeholders.")


def check_prompt_echo(subject: Subject) -> Check:
    """No instruction to the writer stands in the text."""
    mend = "This is an instruction to the writer: delete it."
    return absent(
        "prompt_echo", subject, lambda text: echo(text, subject.prompts), mend, "No instructions."
    )


def check_reasoning(subject: Subject) -> Check:
    """No thoughts and no chat marks of a model."""
    mend = "These are a model's notes to itself: delete them."
    return absent("reasoning", subject, reasoning, mend, "No notes of a model to itself.")


def check_ai_talk(subject: Subject) -> Check:
    """No model speaks of itself."""
    mend = "Here a model speaks of itself: delete the sentence."
    return absent("ai_talk", subject, ai_talk, mend, "No model speaks of itself.")
