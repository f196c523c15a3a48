"""The posts that lead to a long form, each under its own platform's contract."""

from collections.abc import Callable, Mapping

from marketer_desktop.domain.checks.check import Check, Subject, verdict
from marketer_desktop.domain.checks.email import LONGEST_PREVIEW, LONGEST_SUBJECT, line_problem
from marketer_desktop.domain.checks.social import (
    hashtag_problem,
    hook_problem,
    length_problem,
    markup_problem,
    post_problem,
    thread_problem,
)
from marketer_desktop.domain.checks.webpage import LONGEST_CALL
from marketer_desktop.domain.posts import split_posts
from marketer_desktop.domain.teaser import read_teaser

Problem = Callable[[str], str]


def linkedin_problem(text: str) -> str:
    """What LinkedIn or its feed would cut, or show as marks."""
    judges: tuple[Problem, ...] = (length_problem, hook_problem, hashtag_problem, markup_problem)
    return next((found for judge in judges if (found := judge(text))), "")


def twitter_problem(text: str) -> str:
    """One post, plain and short enough."""
    return post_problem(text) or markup_problem(text)


def numbered_thread_problem(text: str) -> str:
    """Posts that are numbered, plain and short enough."""
    posts = split_posts(text)
    return next(filter(None, map(twitter_problem, posts)), "") or thread_problem(posts)


def email_problem(text: str) -> str:
    """Subject, preview, a body and one call to action."""
    teaser = read_teaser(text)
    if teaser is None:
        return "Begin with the lines “Subject: …” and “Preview: …”, then a blank line."
    problem = line_problem("subject", teaser.subject, LONGEST_SUBJECT)
    problem = problem or line_problem("preview text", teaser.preview, LONGEST_PREVIEW)
    problem = problem or line_problem("call to action", teaser.call_to_action, LONGEST_CALL)
    if not problem and not teaser.body.strip():
        problem = "The teaser has no text: write a sentence or two."
    return problem or markup_problem(teaser.body)


PROBLEMS: Mapping[str, Problem] = {
    "linkedin": linkedin_problem,
    "twitter": twitter_problem,
    "thread": numbered_thread_problem,
    "email": email_problem,
}
NAMES = {
    "linkedin": "LinkedIn post",
    "twitter": "X post",
    "thread": "X thread",
    "email": "Email teaser",
}


def check_variant(name: str, subject: Subject) -> Check:
    """One variant; a missing one fails."""
    text = subject.piece.variants.get(name, "")
    said = NAMES[name]
    problem = PROBLEMS[name](text) if text.strip() else "it is missing: write it."
    message = f"{said}: {problem}" if problem else ""
    return verdict(f"variant_{name}", message, f"{said}: in order.", group="variants")
