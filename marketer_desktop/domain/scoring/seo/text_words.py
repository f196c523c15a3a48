"""Words as the length of a text is counted, and as the uses of a keyphrase are."""

import re

_BETWEEN = re.compile(r"[\s—]+")
_BETWEEN_PARTS = re.compile(r"[\s\-–—]+")
# Signs alone are no words; a sign that says something, such as % or =, is one.
_SIGNS = "!\"&'()+,-.:;<>?[]\\_–«»“”‘’„‹›…×¿¡"


def count_words(text: str) -> int:
    """How many words stand in `text`; a hyphenated word is one."""
    return sum(1 for word in _BETWEEN.split(text) if word.strip(_SIGNS))


def count_parts(text: str) -> int:
    """How many words stand in `text`, the parts of hyphenated words one by one."""
    return sum(1 for word in _BETWEEN_PARTS.split(text) if word.strip(_SIGNS))
