"""What a user is told of a text that went out, or did not, while nobody looked."""

from marketer_desktop.services.publication_post import title_of
from marketer_desktop.storage.repositories.publications import ListedPublication
from marketer_desktop.storage.unit_of_work import UnitOfWork


async def notify_outcome(work: UnitOfWork, listed: ListedPublication, problem: str) -> None:
    """Tell who ordered it that it is published, or why not."""
    title = f"Not published at {listed.target.name}" if problem else "Your text is published"
    note = problem or f"at {listed.target.name}"
    await work.notifications.add(
        listed.row.requested_by,
        listed.target.organization_id,
        "publish_failed" if problem else "publish_complete",
        title[:255],
        f"{title_of(listed.activity)} · {note}",
        link_url=f"activity/{listed.activity.id}",
        link_text="See what to do" if problem else "Open",
        details={"activity_id": listed.activity.id, "target_id": listed.target.id},
    )
