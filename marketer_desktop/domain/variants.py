"""The posts that lead to a long form, made of its own sentences under each platform's contract."""

from collections.abc import Sequence

from marketer_desktop.domain.brief import Brief
from marketer_desktop.domain.checks.email import LONGEST_PREVIEW, LONGEST_SUBJECT
from marketer_desktop.domain.checks.social import markup_problem
from marketer_desktop.domain.checks.webpage import LONGEST_CALL
from marketer_desktop.domain.cohesion import leans
from marketer_desktop.domain.descriptions import preview_of
from marketer_desktop.domain.hashtags import hashtags
from marketer_desktop.domain.piece import Piece
from marketer_desktop.domain.plain import without_markup
from marketer_desktop.domain.posts import HOOK_CHARACTERS, numbered, packed
from marketer_desktop.domain.teaser import Teaser
from marketer_desktop.domain.titles import shortened

LINKEDIN_SENTENCES = 5
THREAD_SENTENCES = 8
TEASER_SENTENCES = 3


def built(brief: Brief, piece: Piece, opening: str = "") -> dict[str, str]:
    """Every variant that the piece has sentences for; `opening` begins the posts, if given.

    Sentences of the sources come before a model's, for they say most.
    """
    said = _sentences(piece, opening)
    if not said:
        return {}
    hooks = [s for s in said if len(s) <= HOOK_CHARACTERS]
    headings = [section.heading for section in piece.sections]
    tags = " ".join(hashtags(brief, " ".join([piece.title, *headings])))
    posts = packed(said[:THREAD_SENTENCES])
    found = {"thread": "\n\n".join(numbered(posts)), "email": _teaser(piece, said).text()}
    if hooks:
        body = [s for s in said if s != hooks[0]][: LINKEDIN_SENTENCES - 1]
        found["linkedin"] = "\n\n".join([hooks[0], *body, tags])
    if posts:
        found["twitter"] = posts[0]
    return {name: text for name, text in found.items() if text}


def _sentences(piece: Piece, opening: str) -> list[str]:
    """Plain sentences that stand alone, each once."""
    known = [s for s in piece.sentences() if not leans(s.text)]
    known.sort(key=lambda s: s.origin != "source")  # stable: the order of reading
    texts = [opening, *(" ".join(without_markup(s.text).split()) for s in known)]
    return [text for text in dict.fromkeys(texts) if text and not markup_problem(text)]


def _teaser(piece: Piece, said: Sequence[str]) -> Teaser:
    call = piece.call_to_action if len(piece.call_to_action) <= LONGEST_CALL else ""
    return Teaser(
        subject=shortened(" ".join(piece.title.split()), LONGEST_SUBJECT),
        preview=preview_of(said[1:] or said, LONGEST_PREVIEW),
        body="\n\n".join(said[:TEASER_SENTENCES]),
        call_to_action=call or shortened(f"Read: {piece.title}", LONGEST_CALL),
    )
