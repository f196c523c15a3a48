"""The entry in search results: title, meta description and slug."""

import re

from marketer_desktop.domain.checks.check import Check, Subject, verdict
from marketer_desktop.domain.descriptions import SHORTEST_DESCRIPTION
from marketer_desktop.domain.scoring.pixel_width import pixel_width
from marketer_desktop.domain.titles import LONGEST_DESCRIPTION, LONGEST_TITLE

WIDEST_TITLE = 600  # pixels
LONGEST_SLUG = 75
_SLUG = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def check_title_length(subject: Subject) -> Check:
    """At most 60 characters, and at least one."""
    title = subject.piece.title.strip()
    said = f"The title has {len(title)} characters"
    problem = ""
    if not title:
        problem = "The title is missing: write one of at most 60 characters."
    elif len(title) > LONGEST_TITLE:
        problem = f"{said}: shorten it to {LONGEST_TITLE}, the most that results show."
    return verdict("title_length", problem, f"{said}.")


def check_title_width(subject: Subject) -> Check:
    """At most 600 pixels, in the type that search results are set in."""
    width = round(pixel_width(subject.piece.title))
    said = f"The title is {width} pixels wide"
    wide = width > WIDEST_TITLE
    problem = f"{said}: shorten it to {WIDEST_TITLE}, or results cut it." if wide else ""
    return verdict("title_width", problem, f"{said}.")


def check_description_length(subject: Subject) -> Check:
    """Between 121 and 156 characters."""
    size = len(subject.piece.description.strip())
    said = f"The meta description has {size} characters"
    span = f"{SHORTEST_DESCRIPTION} to {LONGEST_DESCRIPTION}"
    problem = ""
    if not size:
        problem = f"The meta description is missing: write {span} characters."
    elif size < SHORTEST_DESCRIPTION:
        problem = f"{said}: write {span}, so that results are filled."
    elif size > LONGEST_DESCRIPTION:
        problem = f"{said}: shorten it to {LONGEST_DESCRIPTION}, the most that results show."
    return verdict("description_length", problem, f"{said}.")


def slug_problem(slug: str) -> str:
    """Why `slug` is no good address; empty if it is one."""
    if not slug:
        return "The slug is missing: use the keyphrase in lower case with hyphens."
    if slug != slug.lower() or not _SLUG.fullmatch(slug):
        return f"“{slug}” is no slug: use lower-case words with hyphens between them."
    if len(slug) > LONGEST_SLUG:
        return f"The slug has {len(slug)} characters: {LONGEST_SLUG} are enough."
    return ""


def check_slug(subject: Subject) -> Check:
    """Lower-case words with hyphens."""
    slug = subject.piece.slug
    return verdict("slug", slug_problem(slug), f"The slug is “{slug}”.")
