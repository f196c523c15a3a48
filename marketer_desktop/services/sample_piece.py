"""A finished piece to look at before the first one of one's own: written by the starter model."""

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel

from marketer_desktop.domain.brief import Brief
from marketer_desktop.events.run_event import PROGRESS
from marketer_desktop.publishing.files import write_piece
from marketer_desktop.publishing.html import to_html
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.unit_of_work import UnitOfWork
from marketer_desktop.system.places import packaged

SAMPLES = packaged("resources") / "samples"
PREFERENCE = "sample_activity"


class SamplePiece(BaseModel):
    """The activity that holds the sample, and the text as the model wrote it."""

    activity_id: int
    title: str
    markdown: str


class OpenSamplePiece(Call[SamplePiece]):
    """The sample as an activity; it is made once, and again only if it has been deleted."""


async def open_sample_piece(call: OpenSamplePiece, parts: Parts, emit: Emit) -> SamplePiece:
    """Find the sample or make it."""
    text, told = await asyncio.to_thread(_packaged_sample)
    title: str = told["content"]["metadata"]["title"]
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.local_workspace()
        user = await work.people.locked(place.user_id)  # two clicks make one sample
        known = await work.activities.get(user.preferences.get(PREFERENCE, 0))
        if known is not None:
            await work.commit()
            return SamplePiece(activity_id=known.id, title=title, markdown=text)
        named = f"Sample: {title}"
        row = await work.activities.add(
            place.campaign_id, place.user_id, {**told["brief"], "topic": named}
        )
        path = await asyncio.to_thread(_write_files, parts, row.id, text, told)
        told["content"]["metadata"] |= {"path": path, "title": named}
        await _finish(work, row.id, text, told)
        await work.people.merge_preferences(place.user_id, {PREFERENCE: row.id})
        await work.commit()
    parts.bus.changed("activities", "profile")
    return SamplePiece(activity_id=row.id, title=title, markdown=text)


async def _finish(work: UnitOfWork, activity_id: int, text: str, told: dict[str, Any]) -> None:
    """Let the activity stand as its run left it."""
    durations: dict[str, int] = told["durations_ms"]
    for step, duration in durations.items():
        await work.run_events.append(
            activity_id,
            "finished",
            step,
            PROGRESS[step],
            {"duration_ms": duration},
            datetime.now(UTC),
        )
    await work.activities.set_run(activity_id, {"model": told["model"], "step": None})
    await work.activities.save_content(
        activity_id,
        content={"final_content": text, **told["content"]},
        report=told["report"],
        status="completed",
        tokens=told["tokens"],
        duration_ms=sum(durations.values()),
    )


def _packaged_sample() -> tuple[str, dict[str, Any]]:
    """The text as it was written, and what its run has left beside it."""
    told: dict[str, Any] = json.loads((SAMPLES / "piece.json").read_text("utf-8"))
    return (SAMPLES / "piece.md").read_text("utf-8"), told


def _write_files(parts: Parts, activity_id: int, text: str, told: dict[str, Any]) -> str:
    content, brief = told["content"], Brief.model_validate(told["brief"])
    description = content["seo_data"]["meta_description"]
    page = to_html(text, content["metadata"]["title"], description, brief.language)
    folder = parts.data_dir / "content" / str(activity_id)
    return str(write_piece(folder, text, page, told["report"]))
