"""Posts: what LinkedIn and X accept, and what their feeds show."""

import re

from marketer_desktop.domain.checks.check import Check, Subject, places, verdict
from marketer_desktop.domain.hashtags import FEWEST, MOST
from marketer_desktop.domain.links import visible
from marketer_desktop.domain.plain import MARKUP, TAG
from marketer_desktop.domain.posts import (
    HOOK_CHARACTERS,
    LINKEDIN_CHARACTERS,
    LONGEST_POST,
    POST_CHARACTERS,
    number_of,
    numbered,
    packed,
    split_posts,
    weight,
)
from marketer_desktop.domain.words import split_sentences

_TAG = re.compile(r"(?<![\w&/#])#(?=\w*[^\W\d_])\w+")


def shown(subject: Subject) -> str:
    """The post as it is: as somebody has edited it, else as the piece makes it."""
    if subject.text:
        return subject.text
    sections = subject.piece.sections
    blocks = [" ".join(s.text for s in p) for section in sections for p in section.paragraphs]
    return "\n\n".join([*blocks, " ".join(subject.piece.hashtags)]).strip()


def thread(subject: Subject) -> list[str]:
    """The posts of a thread, as they are."""
    if subject.text:
        return split_posts(subject.text)
    return numbered(packed([visible(sentence.text) for sentence in subject.piece.sentences()]))


def hashtags_in(text: str) -> list[str]:
    """The tags of a post, in order."""
    return _TAG.findall(text)


def length_problem(text: str) -> str:
    """Too long for LinkedIn, or nothing at all."""
    if not text.strip():
        return "The post is empty: write it."
    excess = len(text) - LINKEDIN_CHARACTERS
    return f"The post has {len(text):,} characters: cut {excess:,}." if excess > 0 else ""


def hook_problem(text: str) -> str:
    """What a feed shows before "see more" is a whole sentence, and says something."""
    first = next(iter(split_sentences(text)), "")
    if not first or first.startswith("#"):
        return "The post does not begin with a sentence: say first why to read on."
    if len(first) > HOOK_CHARACTERS:
        return (
            f"The first sentence has {len(first)} characters: end it within {HOOK_CHARACTERS}, "
            "where feeds cut."
        )
    return ""


def hashtag_problem(text: str) -> str:
    """Three to five different tags."""
    tags = [tag.casefold() for tag in hashtags_in(text)]
    if len(set(tags)) < len(tags):
        return "A hashtag stands there twice: delete one."
    if FEWEST <= len(tags) <= MOST:
        return ""
    mend = "add some" if len(tags) < FEWEST else "delete some"
    return f"The post has {len(tags)} hashtags: {mend}, {FEWEST} to {MOST} are right."


def markup_problem(text: str) -> str:
    """Marks that the platform would show as they are."""
    for line in text.splitlines():
        # A line of tags begins as a heading would, but without a space.
        found = MARKUP.search(line) or TAG.search(line)
        if found:
            return f"“{found[0].strip()}” would be shown as it is: delete the Markdown."
    return ""


def post_problem(post: str) -> str:
    """Too heavy for one post on X, or empty."""
    heavy = weight(post)
    if not post.strip():
        return "The post is empty: write it."
    if heavy > LONGEST_POST:
        return f"“{post[:40]}…” counts {heavy} characters: cut it to {LONGEST_POST}."
    return ""


def thread_problem(posts: list[str]) -> str:
    """Each post of several says which of how many it is."""
    if len(posts) == 1 and number_of(posts[0]) is None:
        return ""
    for n, post in enumerate(posts, 1):
        if number_of(post) != (n, len(posts)):
            return f"Post {n} does not begin with “{n}/{len(posts)} ”: number the posts in order."
    return "" if posts else "The thread is empty: write it."


def check_characters(subject: Subject) -> Check:
    """The platform's limit."""
    text = shown(subject)
    praise = f"{len(text):,} of {LINKEDIN_CHARACTERS:,} characters."
    return verdict("characters", length_problem(text), praise)


def check_hook(subject: Subject) -> Check:
    """The first sentence, before feeds cut."""
    return verdict("hook", hook_problem(shown(subject)), "The first sentence is seen whole.")


def check_hashtags(subject: Subject) -> Check:
    """Their number."""
    text = shown(subject)
    return verdict("hashtags", hashtag_problem(text), f"{len(hashtags_in(text))} hashtags.")


def check_no_markdown(subject: Subject) -> Check:
    """Plain words only."""
    return verdict("no_markdown", markup_problem(shown(subject)), "Plain text, as it should be.")


def check_post_length(subject: Subject) -> Check:
    """Weighted characters of each post, and no sentence that fits into none."""
    posts = thread(subject)
    problem = next(filter(None, map(post_problem, posts)), "" if posts else "There is no post.")
    left = [] if subject.text else [visible(s.text) for s in subject.piece.sentences()]
    long = [sentence for sentence in left if weight(sentence) > POST_CHARACTERS]
    if long:
        problem = f"“{long[0][:40]}…” fits into no post: make it two sentences."
    heaviest = max(map(weight, posts), default=0)
    praise = f"The longest post counts {heaviest} of {LONGEST_POST} characters."
    return verdict("post_length", problem, praise, positions=places(subject.body, long))


def check_thread_numbering(subject: Subject) -> Check:
    """Every post of several has its number."""
    posts = thread(subject)
    said = "One post" if len(posts) == 1 else f"{len(posts)} posts, numbered"
    return verdict("thread_numbering", thread_problem(posts), f"{said}.")
