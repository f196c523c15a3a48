"""Makes what services tell of tables of briefs, for tests of pages."""

from typing import Any

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.services.batch import BatchOutcome, BatchResult
from marketer_desktop.services.batch_table import BatchCheck, BatchRow

TOPICS = ("Better coffee at home", "A subscription for beans", "What a tasting taught us", "Stale")


def make_row(row: int, **values: Any) -> BatchRow:
    """A blog post about coffee."""
    about = {"topic": TOPICS[row - 2], "keywords": ["coffee"], "words": 600}
    return BatchRow.model_validate({**about, **values, "row": row})


def make_check(*rows: BatchRow) -> BatchCheck:
    """Three briefs, the second of which has no keyword, unless others are given."""
    wrong = make_row(3, keywords=[], errors=["Row 3: no keyword."])
    found = list(rows) or [make_row(2), wrong, make_row(4, type="linkedin", words=150)]
    valid = sum(not row.errors for row in found)
    return BatchCheck(rows=found, valid=valid, finished=0, problems=[])


def make_event(row: int, status: str, **values: Any) -> dict[str, Any]:
    """What a batch tells of one of its two rows; its activity has ten times its number."""
    about = {"topic": TOPICS[row - 2], "done": 0, "count": 2, "percent": 0, "eta_seconds": None}
    told = {"kind": "batch", "row": row, "activity_id": 10 * row, "status": status}
    return {**about, **told, **values}


def make_result(**statuses: str) -> BatchResult:
    """How the rows ended: `row_2="completed"` and so on."""
    ends = {int(name.removeprefix("row_")): status for name, status in statuses.items()}
    rows = [
        BatchOutcome(
            row=row,
            topic=TOPICS[row - 2],
            type=ContentType.BLOG,
            status=end,
            activity_id=10 * row,
        )
        for row, end in ends.items()
    ]
    count = list(ends.values()).count
    return BatchResult(
        rows=rows,
        completed=count("completed"),
        needs_attention=count("needs_attention"),
        failed=count("failed"),
        invalid=count("invalid"),
        problems=[],
    )
