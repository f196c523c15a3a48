"""A run that took too long: it ends, and what it has written so far becomes its text."""

import asyncio
from typing import Any

from marketer_desktop.domain.brief import LONG_FORM, ContentType
from marketer_desktop.services.activity_text import markdown_of, words_in
from marketer_desktop.services.run_journal import RunJournal
from marketer_desktop.services.run_notices import notify_failed
from marketer_desktop.services.show_draft import Draft, draft_of
from marketer_desktop.storage.tables import ActivityRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

MARKS = {"title": "# ", "heading": "## ", "paragraph": ""}


async def end_overlong(journal: RunJournal, model: str, seconds: float) -> None:
    """End the run as failed; it can be resumed, and then has its time anew."""
    message = (
        f"The run took longer than {_spoken(seconds)} and was stopped; what was written so far is "
        "kept. Resume it to go on from there, choose a faster model or fewer words, or allow more "
        f"time: MARKETER_RUN_SECONDS, or “run_seconds_by_model” with “{model}” in settings.json."
    )

    async def mark(work: UnitOfWork) -> None:
        row = await work.activities.get(journal.activity_id)
        if row is not None and not markdown_of(row):  # a text of before is worth more than a draft
            await _keep_draft(work, row)
        await work.activities.set_status(journal.activity_id, "failed", message)
        await notify_failed(work, journal.activity_id, message)

    await journal.end("failed", {"message": message}, mark)


def _spoken(seconds: float) -> str:
    return f"{seconds / 60:g} minutes" if seconds >= 120 else f"{seconds:g} seconds"


async def _keep_draft(work: UnitOfWork, row: ActivityRow) -> None:
    run = (row.workflow_state or {}).get("run_id")
    steps = [s for s in await work.steps.of_activity(row.id) if str(s.run_id) == run]
    calls = [c for c in await work.executions.of_activity(row.id) if str(c.run_id) == run]
    text = markdown(draft_of(row, steps, calls), ContentType(row.type))
    if not text:
        return
    found = (step.state_data["seo"] for step in steps if "seo" in step.state_data)
    seo: dict[str, Any] = next(found, {})
    title = str(seo.get("title") or row.topic)
    counted = await asyncio.to_thread(words_in, row.type, text, title)
    content = {
        "final_content": text,
        "seo_data": {key: seo.get(key, "") for key in ("keyphrase", "title", "slug")},
        "research_sources": [],
        "social_variants": {},
        "metadata": {"word_count": counted, "title": title},
    }
    await work.activities.save_text(row.id, content)


def markdown(draft: Draft, kind: ContentType) -> str:
    """The draft as one text; a short form has no headings."""
    if draft.markdown:
        return draft.markdown
    parts = [part for part in draft.parts if kind in LONG_FORM or part.style == "paragraph"]
    if not any(part.style == "paragraph" and part.text for part in parts):
        return ""
    return "\n\n".join(f"{MARKS[part.style]}{part.text}" for part in parts if part.text) + "\n"
