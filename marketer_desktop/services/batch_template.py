"""An example of a table of briefs, to be filled in."""

import asyncio
import csv
from pathlib import Path

from pydantic import BaseModel

from marketer_desktop.domain.batch_columns import COLUMNS
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts

# One row of each length of brief: in full, and as short as it may be.
EXAMPLES: tuple[dict[str, str], ...] = (
    {
        "type": "blog",
        "topic": "How to brew better coffee at home",
        "keywords": "coffee at home; grind size; water temperature",
        "audience": "people who own a kettle and a grinder",
        "tone": "friendly",
        "words": "600",
        "seo_priority": "medium",
        "only_documents": "no",
    },
    {"type": "linkedin", "topic": "What a tasting taught our team", "keywords": "coffee tasting"},
)


class SavedTemplate(BaseModel):
    """Where the table is."""

    path: Path


class SaveBatchTemplate(Call[SavedTemplate]):
    """Write a table with all columns and two example rows."""

    path: Path


async def save_batch_template(call: SaveBatchTemplate, parts: Parts, emit: Emit) -> SavedTemplate:
    """Write the file. Raises `OSError`."""
    await asyncio.to_thread(_write, call.path)
    return SavedTemplate(path=call.path)


def _write(path: Path) -> None:
    # Spreadsheets take a file without the mark for one of the system's own encoding.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.DictWriter(file, list(COLUMNS), restval="")
        table.writeheader()
        table.writerows(EXAMPLES)
