"""What a user is told when a run has ended."""

from typing import Any, NamedTuple

from marketer_desktop.domain.checks.check import Check
from marketer_desktop.storage.unit_of_work import UnitOfWork

NAMES = {
    "blog": "blog post",
    "webpage": "web page",
    "linkedin": "LinkedIn post",
    "twitter": "X post",
    "email": "e-mail",
}


class Notice(NamedTuple):
    """What has become of the piece, a note behind its title, and what the link says."""

    kind: str
    ending: str
    note: str
    link_text: str
    details: dict[str, Any]


async def notify_complete(work: UnitOfWork, activity_id: int, checks: list[Check]) -> None:
    """Tell the owner that the piece is ready, and how many checks it did not pass."""
    failed = sum(1 for check in checks if check.hard and not check.passed)
    note = f" · {failed} {'check needs' if failed == 1 else 'checks need'} attention"
    notice = Notice(
        "workflow_complete",
        "needs attention" if failed else "is ready",
        note if failed else "",
        "Open",
        {"failed_checks": failed},
    )
    await _notify(work, activity_id, notice)


async def notify_failed(work: UnitOfWork, activity_id: int, reason: str) -> None:
    """Tell the owner that the run has stopped, and why."""
    notice = Notice("workflow_failed", "was not finished", f" · {reason}", "See what to do", {})
    await _notify(work, activity_id, notice)


async def notify_outline(work: UnitOfWork, activity_id: int) -> None:
    """Tell the owner that the run goes on only when the outline has been approved."""
    notice = Notice("outline_review", "waits for your outline", "", "Review the outline", {})
    await _notify(work, activity_id, notice)


async def _notify(work: UnitOfWork, activity_id: int, notice: Notice) -> None:
    row = await work.activities.get(activity_id)
    if row is None:
        return
    place = await work.workspaces.of_campaign(row.campaign_id)
    title = (row.content or {}).get("metadata", {}).get("title")
    await work.notifications.add(
        row.owner_id,
        place.organization_id,
        notice.kind,
        f"Your {NAMES[row.type]} {notice.ending}",
        f"{title or row.topic}{notice.note}",
        link_url=f"activity/{activity_id}",
        link_text=notice.link_text,
        details={"activity_id": activity_id, "activity_type": row.type, **notice.details},
    )
