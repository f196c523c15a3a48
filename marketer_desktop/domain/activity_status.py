"""The statuses that people give a text, and which may follow which."""

from collections.abc import Mapping
from typing import Literal, get_args

Status = Literal[
    "draft",
    "completed",
    "needs_attention",
    "failed",
    "cancelled",
    "in_review",
    "approved",
    "published",
    "archived",
]
# `completed` and `needs_attention` are what a run ends with: nobody sets them, but taking a text
# back out of the archive does.
NEXT: Mapping[str, tuple[str, ...]] = {
    "draft": ("in_review", "archived"),
    "completed": ("draft", "in_review", "approved", "published", "archived"),
    "needs_attention": ("draft", "in_review", "archived"),
    "failed": ("draft", "archived"),
    "cancelled": ("draft", "archived"),
    "in_review": ("draft", "approved", "archived"),
    "approved": ("draft", "in_review", "published", "archived"),
    "published": ("draft", "approved", "archived"),
    "archived": tuple(each for each in get_args(Status) if each != "archived"),
}


def may_become(status: str, wanted: str) -> bool:
    """Whether a person may move a text from one status to the other."""
    return wanted in NEXT.get(status, ())
