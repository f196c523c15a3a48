"""All texts of a campaign as one ZIP, a folder for each."""

import asyncio
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import BaseModel

from marketer_desktop.publishing.bundle import files_of_all, write_zip
from marketer_desktop.publishing.formats import Format
from marketer_desktop.publishing.manuscript import Manuscript
from marketer_desktop.publishing.names import file_name
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.campaigns import no_such_campaign
from marketer_desktop.services.export_place import said_plainly_of, target_of
from marketer_desktop.services.manuscripts import manuscript_of
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Conflict


class CampaignExported(BaseModel):
    """Where the ZIP is, how many texts are in it, and how many activities have none yet."""

    path: str
    texts: int
    without_text: int


class ExportCampaign(Call[CampaignExported]):
    """Every text of a campaign that is not in the archive, in all formats.

    In a folder the ZIP is named after the campaign. One that is there is only replaced on demand.
    """

    campaign_id: int
    path: Path
    replace: bool = True


async def export_campaign(call: ExportCampaign, parts: Parts, emit: Emit) -> CampaignExported:
    """Write the ZIP; events of the kind `export` tell how many texts are done."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        campaign = await work.campaigns.get(member.organization_id, call.campaign_id)
        if campaign is None:
            raise no_such_campaign()
        rows = await work.activities.of_campaign(campaign.id)
        await work.commit()
    found = [manuscript_of(parts.data_dir, row) for row in rows]
    texts = [manuscript for manuscript in found if manuscript.markdown]
    if not texts:
        raise Conflict(f"“{campaign.name}” has no text yet. Let one be written first.")
    name = f"{file_name(campaign.name, campaign.id)}{Format.ZIP.extension}"
    target = target_of(call.path, name, replace=call.replace)
    loop = asyncio.get_running_loop()

    def done(count: int, title: str) -> None:
        event = {"kind": "export", "done": count, "count": len(texts), "title": title}
        loop.call_soon_threadsafe(emit, event)

    with said_plainly_of(target):
        await asyncio.to_thread(_write, target, texts, done)
    return CampaignExported(
        path=str(target), texts=len(texts), without_text=len(found) - len(texts)
    )


def _write(target: Path, texts: list[Manuscript], done: Callable[[int, str], None]) -> None:
    def told() -> Iterator[Manuscript]:
        for number, manuscript in enumerate(texts):
            done(number, manuscript.title)
            yield manuscript

    draft = target.with_name(f".{target.name[:60]}.{os.getpid()}.part")
    try:
        with draft.open("wb") as file:
            write_zip(file, files_of_all(told()))
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
