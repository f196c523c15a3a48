"""A model's answer without what models put around it: greetings, quotes, code fences."""

import re

_FENCE = re.compile(r"\A```[\w-]*\n(.*?)\n?```\Z", re.DOTALL)
# "Sure! Here is the shorter text:" and its like, at the very beginning only.
_PREAMBLE = re.compile(
    r"\A(?:(?:sure|certainly|of course|absolutely|okay|ok)(?:!\s+|[.,]\s+(?=here|below|this is)))?"
    r"(?:(?:here(?:['’]s| is| are)|this is|below is|the (?:new|shortened|expanded|rewritten|"
    r"rephrased|revised) (?:text|version|passage|paragraph)|(?:new|rewritten|revised|shortened|"
    r"expanded) (?:text|version))\b[^\n:]{0,80}:[ \t]*\n*)?",
    re.IGNORECASE,
)
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "'": "'"}


def cleaned(answer: str, original: str = "") -> str:
    """`answer` as it may stand in a text in place of `original`."""
    text = answer.strip()
    fence = _FENCE.match(text)
    if fence and not original.lstrip().startswith("```"):
        text = fence.group(1).strip()
    text = _PREAMBLE.sub("", text, count=1).strip() or text
    return _unquoted(text) if _unquoted(original.strip()) == original.strip() else text


def _unquoted(text: str) -> str:
    """`text` without a pair of quotes around all of it."""
    closing = _QUOTES.get(text[:1])
    inner = text[1:-1]
    whole = len(text) > 2 and text[-1] == closing and closing not in inner and text[0] not in inner
    return inner.strip() if whole else text
