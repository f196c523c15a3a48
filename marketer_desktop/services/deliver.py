"""Lays the files of a finished piece where its caller wants them, with the report beside them."""

import asyncio
import json
import shutil
from pathlib import Path

from marketer_desktop.domain.brief import Brief
from marketer_desktop.publishing.files import ARTICLE, MAIL, PAGE, REPORT
from marketer_desktop.services.activity_report import ActivityReport


async def delivered(told: ActivityReport, brief: Brief, out: Path | None) -> ActivityReport:
    """The report with the path of the text as it now lies; None leaves the files where they are."""
    return await asyncio.to_thread(_deliver, told, brief, out)


def _deliver(told: ActivityReport, brief: Brief, out: Path | None) -> ActivityReport:
    if told.path is None:
        return told
    source = Path(told.path).parent
    folder = out or source
    folder.mkdir(parents=True, exist_ok=True)
    told = told.model_copy(update={"path": str(folder / ARTICLE)})
    if out is not None:
        written = [source / name for name in (ARTICLE, PAGE, MAIL) if (source / name).exists()]
        for file in written:
            shutil.copyfile(file, folder / file.name)
    whole = {**told.model_dump(mode="json"), "brief": brief.model_dump(mode="json")}
    text = json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
    (folder / REPORT).write_text(text, "utf-8")
    return told
