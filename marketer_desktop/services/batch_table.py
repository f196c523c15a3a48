"""Reads a table of briefs and says of each row what is wrong with it, and what it led to before."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from marketer_desktop.domain.batch_columns import NotATable
from marketer_desktop.domain.batch_rows import BatchLine, keys, lines
from marketer_desktop.knowledge.errors import DocumentError
from marketer_desktop.knowledge.table import read_table
from marketer_desktop.services.activities import status_of
from marketer_desktop.services.call import Call, Emit, ServiceError
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.site_pages import place_of
from marketer_desktop.storage.lease import leased
from marketer_desktop.storage.repositories.workspaces import Workspace
from marketer_desktop.storage.tables import ActivityRow

LARGEST = 5_000_000  # bytes
# What a run has come to that is not begun anew when the same table comes again.
ENDED = frozenset(
    {"completed", "needs_attention", "in_review", "approved", "published", "archived", "draft"}
)


class BatchRow(BatchLine):
    """A brief of the table, and the activity that an earlier call on the same file began."""

    activity_id: int | None = None
    status: str | None = None


class BatchCheck(BaseModel):
    """All rows; `valid` ones can be written, `finished` ones have been. `problems`: the table's."""

    rows: list[BatchRow]
    valid: int
    finished: int
    problems: list[str]


class CheckBatch(Call[BatchCheck]):
    """Read a table of briefs and write nothing. Without a project, for the default one."""

    path: Path
    project_id: int | None = None
    project: str | None = None


@dataclass(frozen=True)
class Table:
    """The rows of a file, each with its key; `known` are documents of the project by name."""

    place: Workspace
    folder: Path
    rows: dict[str, BatchRow]
    problems: list[str]
    known: Mapping[str, int]

    def documents_of(self, row: BatchRow) -> tuple[list[int], list[Path]]:
        """The documents of a row: numbers of known ones, files beside the table."""
        files = {name: self.folder / Path(name).expanduser() for name in row.documents}
        there = [name for name, path in files.items() if path.is_file()]
        known = [self.known[n] for n in row.documents if n not in there and n in self.known]
        return known, [files[name] for name in there]


async def check_batch(call: CheckBatch, parts: Parts, emit: Emit) -> BatchCheck:
    """Every row with its errors and with what became of it before."""
    table = await read_batch(parts, call.path, call.project_id, call.project)
    rows = list(table.rows.values())
    return BatchCheck(
        rows=rows,
        valid=sum(not row.errors for row in rows),
        finished=sum(row.status in ENDED for row in rows),
        problems=table.problems,
    )


async def read_batch(
    parts: Parts, path: Path, project_id: int | None, project: str | None
) -> Table:
    """The table in `path` with what the database knows of its rows. Raises `ServiceError`."""
    path = _whole(path)
    found, problems = await asyncio.to_thread(_read, path)
    row_keys = keys(path.name, found)
    queued = await parts.queue.waiting()
    async with parts.database.unit_of_work() as work:
        place = await place_of(work, project_id, project)
        earlier = await work.batches.find(place.project_id, row_keys)
        held = await leased(work.session)
        documents = await work.documents.list(place.organization_id, place.project_id)
        await work.commit()
    rows = {
        key: _known(line, earlier.get(key), held, queued)
        for key, line in zip(row_keys, found, strict=True)
    }
    known = {row.filename: row.id for row in documents if row.status == "indexed"}
    table = Table(place, path.parent, rows, problems, known)
    await asyncio.to_thread(_note_missing, table)
    return table


def _whole(path: Path) -> Path:
    return path.expanduser().absolute()


def _read(path: Path) -> tuple[list[BatchLine], list[str]]:
    if path.stat().st_size > LARGEST:
        raise ServiceError(f"“{path.name}” has more than 5 MB. Choose a smaller table.")
    try:
        return lines(read_table(path.read_bytes()))
    except (DocumentError, NotATable) as error:
        raise ServiceError(f"“{path.name}”: {error}") from error


def _known(
    line: BatchLine, activity: ActivityRow | None, held: set[int], queued: list[int]
) -> BatchRow:
    row = BatchRow(**line.model_dump())
    if activity is not None:
        row.activity_id, row.status = activity.id, status_of(activity, held, queued)
    return row


def _note_missing(table: Table) -> None:
    """Say of each row which of its documents are nowhere."""
    for row in table.rows.values():
        for name in row.documents:
            beside = (table.folder / Path(name).expanduser()).is_file()
            if not beside and name not in table.known:
                row.errors.append(
                    f"Row {row.row}: there is no document “{name}” beside the table, and none of "
                    "this name in the project."
                )
