"""What holds for every reply of the parser child, whatever it was given."""

import re

from marketer_desktop.knowledge.loaders.cleaning import LONGEST_PARAGRAPH
from marketer_desktop.knowledge.loaders.document import MOST_CHARACTERS, MOST_PAGES
from marketer_desktop.knowledge.parser_child import ParserReply

LONGEST_SENTENCE = 500
UNCLEAN = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\ufeff\ud800-\udfff]")


def broken_promise(reply: ParserReply) -> str | None:
    """What is wrong with `reply`; None where it is a sentence or a clean text within bounds."""
    if reply.document is None:
        whole = reply.error and reply.error[-1] == "." and len(reply.error) <= LONGEST_SENTENCE
        return None if whole else f"no sentence: {reply.error!r}"
    document = reply.document
    text, title = document.full_text, document.title or ""
    if UNCLEAN.search(text) or UNCLEAN.search(title):
        return "characters that cannot be shown"
    if not text.strip() or len(text) > MOST_CHARACTERS + len(document.pages):
        return "no text, or too much"
    longest = max(len(line) for page in document.pages for line in page.text.split("\n"))
    if len(document.pages) > MOST_PAGES or longest > LONGEST_PARAGRAPH:
        return "too many pages, or too long a paragraph"
    return None
