"""The text of an activity as it is stored, and the revisions that are kept of it."""

from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from marketer_desktop.domain.body import body_text
from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.words import count_words
from marketer_desktop.publishing.reading import read_piece
from marketer_desktop.storage.repositories.missing import MissingRow
from marketer_desktop.storage.tables import ActivityRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

# Saves within this time by the same person are one revision: a text saves itself every two
# seconds, and nobody looks for one second's words among hundreds.
SITTING = timedelta(minutes=10)

Reason = Literal["generated", "edited", "restored", "regenerated"]


def metadata_of(row: ActivityRow) -> dict[str, Any]:
    """Title, words, path and revision of the stored text; empty before there is one."""
    return dict((row.content or {}).get("metadata", {}))


def revision_of(row: ActivityRow) -> int:
    """How often the text was stored: it grows with every save, so that a late one is noticed."""
    return int(metadata_of(row).get("revision", 0))


def markdown_of(row: ActivityRow) -> str:
    """The text as it is stored."""
    return str((row.content or {}).get("final_content", ""))


def words_in(content_type: str, markdown: str, title: str) -> int:
    """The words of an edited text, counted as the brief counts them."""
    kind = ContentType(content_type)
    return count_words(body_text(kind, read_piece(kind, markdown, title)))


def content_folder(data_dir: Path, activity_id: int) -> Path:
    """Where the files of an activity lie; images are in `assets` below it."""
    return data_dir / "content" / str(activity_id)


async def locked(work: UnitOfWork, activity_id: int) -> ActivityRow:
    """The activity, held until the transaction ends. Raises `MissingRow`."""
    row = await work.activities.locked(activity_id)
    if row is None:
        raise MissingRow("activity", activity_id)
    return row


async def keep_first(work: UnitOfWork, row: ActivityRow) -> None:
    """Make the first revision of a text that was written before revisions were kept."""
    if row.content is not None and await work.revisions.newest(row.id) is None:
        metadata = metadata_of(row)
        await work.revisions.add(
            row.id,
            "generated" if row.workflow_state else "imported",
            title=metadata.get("title"),
            markdown=markdown_of(row),
            word_count=metadata.get("word_count", 0),
            created_by=None,
        )


async def keep_generated(work: UnitOfWork, activity_id: int, content: dict[str, Any]) -> None:
    """Keep what a run has written as a revision; count it in `content`."""
    row = await locked(work, activity_id)
    metadata = content["metadata"]
    metadata["revision"] = revision_of(row) + 1
    written_before = await work.revisions.newest(activity_id) is not None
    await work.revisions.add(
        activity_id,
        "regenerated" if written_before else "generated",
        title=metadata["title"][:255],
        markdown=content["final_content"],
        word_count=metadata["word_count"],
        created_by=None,
    )


async def keep_revision(
    work: UnitOfWork,
    activity_id: int,
    reason: Reason,
    *,
    title: str,
    markdown: str,
    word_count: int,
    user_id: int,
) -> bool:
    """Keep a text as a revision; one sitting of edits is one, and the same text is none.

    Returns whether it is a new one.
    """
    newest = await work.revisions.newest(activity_id)
    if newest is not None and (newest.markdown, newest.title) == (markdown, title):
        return False
    if (
        newest is not None
        and newest.reason == reason == "edited"
        and newest.created_by == user_id
        and await work.revisions.is_recent(newest, SITTING)
        and not await work.sync_bases.known([newest.sync_id])  # others have that one
    ):
        await work.revisions.overwrite(
            newest, title=title, markdown=markdown, word_count=word_count
        )
        return False
    await work.revisions.add(
        activity_id,
        reason,
        title=title,
        markdown=markdown,
        word_count=word_count,
        created_by=user_id,
    )
    return True
