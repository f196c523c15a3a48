"""Makes outlines that wait for their review, for tests of pages."""

from typing import Any

from marketer_desktop.domain.outline import OutlineSection
from marketer_desktop.services.review_outline import Outline

SECTIONS = (
    OutlineSection(heading="Where it pays off", points=["What is saved?"], words=134),
    OutlineSection(heading="Start small", points=["Which one first?", "Two days."], words=134),
    OutlineSection(heading="What to measure", points=["Which figures?"], words=134),
    OutlineSection(heading="Next steps", points=[], words=134),
)


def make_outline(activity_id: int = 7, **values: Any) -> Outline:
    """Four sections of a blog post of 600 words."""
    about = {
        "type": "blog",
        "title": "Marketing automation: the first 90 days",
        "keyphrase": "marketing automation",
        "words": 600,
        "waiting": True,
        "sections": [section.model_copy(deep=True) for section in SECTIONS],
    }
    return Outline.model_validate({**about, **values, "activity_id": activity_id})


def make_short_outline(activity_id: int = 7) -> Outline:
    """The one section of a post."""
    section = OutlineSection(points=["What did we learn?"], words=150)
    return make_outline(activity_id, type="linkedin", words=150, sections=[section])
