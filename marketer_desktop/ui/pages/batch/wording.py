"""What is said about a table of briefs."""

from PySide6.QtCore import QCoreApplication

from marketer_desktop.ui.pages.batch.presenter import INVALID, BatchPresenter, RowView

MINUTE = 60
SECONDS_STEP = 5
MOST_NAMED = 3


def tr(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Batch", text)


def generate(count: int) -> str:
    """What the primary button does."""
    if count == 1:
        return tr("Generate 1 piece")
    return tr("Generate {0} pieces").format(f"{count:,}") if count else tr("Generate")


def counts(batch: BatchPresenter) -> str:
    """How many rows there are, and of what kinds."""
    rows = len(batch.rows)
    said = [tr("1 row") if rows == 1 else tr("{0} rows").format(f"{rows:,}")]
    if batch.written_count:
        said.append(tr("{0} written").format(f"{batch.written_count:,}"))
    if batch.invalid_count:
        said.append(tr("{0} left out").format(f"{batch.invalid_count:,}"))
    return " · ".join(said)


def type_name(kind: str) -> str:
    """A kind of content."""
    return {
        "blog": tr("Blog post"),
        "webpage": tr("Web page"),
        "linkedin": tr("LinkedIn"),
        "twitter": tr("X post"),
        "email": tr("Email"),
    }.get(kind, kind)


def about(row: RowView) -> str:
    """The line below the topic: what is wrong with the row, else what it asks for."""
    if row.status == INVALID:
        return " ".join(row.errors)
    return " · ".join([type_name(row.type), ", ".join(row.keywords)])


def progress(batch: BatchPresenter) -> str:
    """How far the batch is."""
    if batch.reading:
        return tr("Reading {0}").format(batch.reading)
    said = tr("{0} of {1} written").format(batch.done, batch.count)
    return f"{said} · {time_left(batch.eta_seconds)}" if batch.eta_seconds is not None else said


def time_left(seconds: int) -> str:
    """The time left in steps of five seconds, or in minutes."""
    if seconds < MINUTE:
        rounded = max(SECONDS_STEP, round(seconds / SECONDS_STEP) * SECONDS_STEP)
        return tr("about {0} s left").format(rounded)
    return tr("about {0} min left").format(round(seconds / MINUTE))


def notice(batch: BatchPresenter) -> tuple[str, str] | None:
    """Tone and text of the line above the table: how it ended, else what is wrong."""
    if batch.running:
        return None
    if batch.result is not None:
        return _ending(batch)
    wrong = [" ".join(row.errors) for row in batch.rows if row.status == INVALID]
    said = [*batch.problems, *wrong[:MOST_NAMED]]
    if len(wrong) > MOST_NAMED:
        said.append(tr("{0} more rows have problems.").format(len(wrong) - MOST_NAMED))
    return ("warning", " ".join(said)) if said else None


def _ending(batch: BatchPresenter) -> tuple[str, str]:
    result = batch.result
    assert result is not None
    said = [_pieces(result.completed, tr("1 piece is ready."), tr("{0} pieces are ready."))]
    one, many = tr("1 needs attention."), tr("{0} need attention.")
    said.append(_pieces(result.needs_attention, one, many) if result.needs_attention else "")
    one, many = tr("1 failed. Generate again."), tr("{0} failed. Generate again.")
    said.append(_pieces(result.failed, one, many) if result.failed else "")
    tone = "warning" if result.needs_attention or result.failed else "success"
    return tone, " ".join(part for part in said if part)


def _pieces(count: int, one: str, many: str) -> str:
    return one if count == 1 else many.format(f"{count:,}")
