"""Makes activities with a finished text in the database, without a run."""

from typing import Any

from marketer_desktop.domain.brief import Brief
from marketer_desktop.services.parts import Parts

ARTICLE = """# Coffee for the office

Coffee brings people together[1]. It is best fresh.

## What it costs

A cup costs 40 cents[1]. That is less than tea.

## Who drinks it

Nine of ten colleagues drink coffee[2].

## What comes next

Order a machine for one month.

---

**Sources**

- [1] prices.pdf, page 2, characters 0–60
- [2] survey.pdf, characters 10–70
"""
SOURCES = [
    {
        "n": 1,
        "document_id": 9001,
        "document": "prices.pdf",
        "page": 2,
        "start": 0,
        "end": 60,
        "text": "Coffee brings people together. A cup costs 40 cents.",
    },
    {
        "n": 2,
        "document_id": 9002,
        "document": "survey.pdf",
        "page": None,
        "start": 10,
        "end": 70,
        "text": "Nine of ten colleagues drink coffee.",
    },
]
STEPS = {"seo_research": 1500, "research": 400, "writing": 9000, "editing": 2000}


def make_content(markdown: str = ARTICLE, **metadata: Any) -> dict[str, Any]:
    """The content of an activity as a run leaves it."""
    return {
        "final_content": markdown,
        "seo_data": {
            "keyphrase": "coffee",
            "slug": "coffee",
            "title": "Coffee for the office",
            "meta_description": "Coffee brings people together.",
        },
        "research_sources": SOURCES,
        "social_variants": {"linkedin": "Coffee first.", "twitter": "Coffee."},
        "metadata": {"word_count": 42, "title": "Coffee for the office", **metadata},
    }


async def add_content(
    parts: Parts, markdown: str = ARTICLE, status: str = "completed", **brief: Any
) -> int:
    """An activity with this text, as it was stored before there were revisions."""
    asked = Brief(topic="Coffee for the office", keywords=["coffee"], words=60, **brief)
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.local_workspace()
        row = await work.activities.add(
            place.campaign_id, place.user_id, asked.model_dump(mode="json"), "generating"
        )
        await work.activities.set_run(row.id, {"model": "starter", "step": "social_media"})
        await work.activities.save_content(
            row.id,
            content=make_content(markdown),
            report={"checks": []},
            status=status,
            tokens=0,
            duration_ms=0,
        )
        await work.commit()
    return row.id
