"""The other side of the comparison: the same model, the same sources, one prompt, one answer.

It is helped where a person would help: it answers at two temperatures and the better answer counts,
its text is read leniently, a missing title is the topic, the slug is made from the keyphrase, and
the posts that our pieces also yield are not asked for.
"""

import re
import time
from typing import NamedTuple

from marketer_desktop.domain.brief import LONG_FORM, Brief, ContentType
from marketer_desktop.domain.outline import section_count
from marketer_desktop.domain.piece import Piece, Source
from marketer_desktop.domain.posts import split_posts
from marketer_desktop.domain.titles import slug, title_case
from marketer_desktop.llm.budget import estimate_tokens
from marketer_desktop.llm.factory import OpenModel
from marketer_desktop.publishing.reading import read_piece
from marketer_desktop.services.model_answers import writer_of
from marketer_desktop.services.parts import Parts

SEED = 1
# As our workflow has it, at which this model falls into loops in long answers; and one at which it
# does not, and strays. A shorter prompt, without labels and places of keywords, did worse at both.
TEMPERATURES = (0.3, 0.8)
TOKENS_PER_WORD = 1.35  # it seldom stops by itself: the limit gives its answer the right length
MARGIN = 24  # tokens that our estimate of a prompt may be short of
LABELS = {
    "title": "title",
    "subject": "title",
    "description": "description",
    "meta description": "description",
    "sub-headline": "subheadline",
    "subheadline": "subheadline",
    "call to action": "call_to_action",
    "preview": "preview",
    "preview text": "preview",
}
_LABEL = re.compile(rf"^\W*({'|'.join(LABELS)})\W*:\W*(.+?)[\s*_\"”]*$", re.IGNORECASE)

FORMS = {
    ContentType.BLOG: """Write a blog post of about {words} words about “{topic}” in Markdown.
Begin with a line “Title: ” of at most 60 characters that starts with “{keyphrase}”, and a line \
“Description: ” of 121 to 156 characters with “{keyphrase}” in it.
Then write an introduction with “{keyphrase}” in its first sentence, and {sections} sections. \
Each section has a heading that begins with “## ”; half of the headings name “{keyphrase}”.""",
    ContentType.WEBPAGE: """Write the text of a web page of about {words} words about “{topic}” in \
Markdown.
Begin with a line “Title: ” of at most 60 characters that starts with “{keyphrase}”, a line \
“Description: ” of 121 to 156 characters with “{keyphrase}” in it, a line “Sub-headline: ” and a \
line “Call to action: ”.
Then write an introduction with “{keyphrase}” in its first sentence, and {sections} sections. \
Each section has a heading that begins with “## ”; half of the headings name “{keyphrase}”.""",
    ContentType.LINKEDIN: """Write a LinkedIn post of about {words} words about “{topic}”. Begin \
with one short sentence that makes people read on. End with four hashtags. Use no Markdown.""",
    ContentType.TWITTER: """Write a thread for X of about {words} words about “{topic}”. Number \
the posts 1/n, 2/n and so on, put a blank line between them, and keep each below 280 characters.""",
    ContentType.EMAIL: """Write an email of about {words} words about “{topic}”. Begin with a line \
“Subject: ” of at most 60 characters and a line “Preview: ” of at most 110 characters. End with \
one bold line that says what to do next.""",
}


class Single(NamedTuple):
    """What one prompt gave: the answer as it came, read as a piece."""

    answer: str
    piece: Piece
    sources: list[Source]
    text: str
    seconds: float
    tokens: int
    instructions: tuple[str, ...]


async def single_prompt(
    parts: Parts, model: OpenModel, brief: Brief, passages: list[Source], temperature: float
) -> Single:
    """Ask once, with as many of the passages as the model's context has room for."""
    room = round(brief.words * TOKENS_PER_WORD)
    sources = list(passages)
    asked = _prompt(brief, sources)
    while sources and sum(map(estimate_tokens, asked)) + room + MARGIN > model.context_tokens:
        sources.pop()
        asked = _prompt(brief, sources)
    options = {"max_tokens": room, "seed": SEED, "temperature": temperature}
    began = time.monotonic()
    said = await writer_of(parts, model).write(asked, options, _unheard, _unheard)
    answer = said.text.strip()
    tokens = said.tokens_input + said.tokens_output
    piece, text = read_answer(brief, answer)
    seconds = time.monotonic() - began
    told = (asked[0], *asked[1].split("\n[1] ")[0].split("\n"))
    return Single(answer, piece, sources, text, seconds, tokens, told)


def _unheard(text: str) -> None:
    """Nobody watches."""


def _prompt(brief: Brief, sources: list[Source]) -> tuple[str, str]:
    keyphrase, *others = brief.keywords
    form = FORMS[brief.type].format(
        words=brief.words, topic=brief.topic, keyphrase=keyphrase, sections=section_count(brief)
    )
    lines = [form, f"Use the words “{'” and “'.join([keyphrase, *others])}”."]
    if sources:
        cite = " Put the number of its source behind each fact, as in [1]."
        lines.append(f"Use these facts and no others.{cite if brief.type in LONG_FORM else ''}")
        lines += [f"[{source.n}] {' '.join(source.text.split())}" for source in sources]
    system = f"You are a marketing writer with a {brief.tone} tone. You write for {brief.audience}."
    return system, "\n".join(lines)


def read_answer(brief: Brief, answer: str) -> tuple[Piece, str]:
    """The answer as a piece, labelled lines in their places; and a post's text as it came."""
    told: dict[str, str] = {}
    rest: list[str] = []
    for line in answer.splitlines():
        if line.lstrip().startswith("```"):
            continue
        label = _LABEL.match(line)
        name = LABELS[label[1].casefold()] if label else ""
        if label and name not in told:
            told[name] = label[2].strip()
        else:
            rest.append(line)
    text = "\n".join(rest).strip()
    title = told.pop("title", "") or title_case(brief.topic)
    piece = read_piece(brief.type, text, title)
    made = {"title": piece.title or title, "slug": slug(brief.keywords[0]), **told}
    posts = {ContentType.LINKEDIN: text, ContentType.TWITTER: "\n\n".join(split_posts(text))}
    return piece.model_copy(update=made), posts.get(brief.type, "")
