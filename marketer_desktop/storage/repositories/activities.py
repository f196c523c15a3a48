"""Activities: the pieces of content and how far they are."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Insert, Select, bindparam, case, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.repositories.archive import outside_archive
from marketer_desktop.storage.repositories.changes import change_row
from marketer_desktop.storage.repositories.joint import Change
from marketer_desktop.storage.repositories.visibility import visible_to
from marketer_desktop.storage.repositories.workspaces import Member
from marketer_desktop.storage.tables import ActivityRow, CampaignRow, ProjectRow

_NEXT_NUMBER = select(func.nextval(func.pg_get_serial_sequence("activities", "id")))
RUN_ENDED = frozenset({"completed", "needs_attention", "failed", "cancelled"})


class Activities:
    """The activities of organizations; methods that change one raise `MissingRow`."""

    def __init__(self, session: AsyncSession, acting: Member | None = None) -> None:
        self._session, self._acting = session, acting

    async def add(
        self, campaign_id: int, owner_id: int, brief: dict[str, Any], status: str = "draft"
    ) -> ActivityRow:
        """Add an activity for `brief`, the JSON form of a `Brief`."""
        row = ActivityRow(
            campaign_id=campaign_id, owner_id=owner_id, status=status, **_asked(brief)
        )
        self._session.add(row)
        await self._session.flush()
        return row

    async def next_number(self) -> int:
        """A number that nobody else gets: its job can be queued before the activity is there."""
        return int(await self._session.scalar(_NEXT_NUMBER) or 0)

    def run(
        self,
        number: int,
        campaign_id: int,
        owner_id: int,
        brief: dict[str, Any],
        run_state: dict[str, Any],
    ) -> Change:
        """An activity with a number of `next_number` and its first run, which is queued."""
        values = {
            "id": number,
            "campaign_id": campaign_id,
            "owner_id": owner_id,
            "status": "generating",
            "workflow_state": run_state,
            **_asked(brief),
        }
        named = {f"run_{name}": value for name, value in values.items()}
        return Change(_new_run(*values), named)

    async def get(self, activity_id: int) -> ActivityRow | None:
        """The activity, or None."""
        return await self._session.get(ActivityRow, activity_id)

    async def visible(self, activity_id: int) -> ActivityRow | None:
        """The activity, or None; of one that whoever acts may not see, None, too."""
        found: ActivityRow | None = await self._session.scalar(
            self._seen().where(ActivityRow.id == activity_id)
        )
        return found

    async def locked(self, activity_id: int) -> ActivityRow | None:
        """The activity as it is now, held against changes by others until the transaction ends.

        None also for one that whoever acts may not see.
        """
        found: ActivityRow | None = await self._session.scalar(
            self._seen().where(ActivityRow.id == activity_id).with_for_update(of=ActivityRow),
            execution_options={"populate_existing": True},
        )
        return found

    async def list(self, organization_id: int, limit: int = 50) -> Sequence[ActivityRow]:
        """The activities of an organization, newest first."""
        found = await self._session.scalars(
            self._seen()
            .where(ProjectRow.organization_id == organization_id)
            .order_by(ActivityRow.created_at.desc(), ActivityRow.id.desc())
            .limit(limit)
        )
        return found.all()

    async def of_campaign(self, campaign_id: int) -> Sequence[ActivityRow]:
        """The activities of a campaign that are not in the archive, oldest first."""
        found = await self._session.scalars(
            self._seen()
            .where(ActivityRow.campaign_id == campaign_id, outside_archive())
            .order_by(ActivityRow.created_at, ActivityRow.id)
        )
        return found.all()

    async def most_used_keywords(self, organization_id: int, limit: int) -> Sequence[str]:
        """The keywords of an organization's activities, the most used first, then the newest."""
        used = (
            select(func.unnest(ActivityRow.keywords).label("keyword"), ActivityRow.id)
            .join(CampaignRow, CampaignRow.id == ActivityRow.campaign_id)
            .join(ProjectRow, ProjectRow.id == CampaignRow.project_id)
            .where(ProjectRow.organization_id == organization_id, visible_to(self._acting))
            .subquery()
        )
        found = await self._session.scalars(
            select(func.max(used.c.keyword))
            .group_by(func.lower(used.c.keyword))
            .order_by(func.count().desc(), func.max(used.c.id).desc())
            .limit(limit)
        )
        return found.all()

    async def set_status(
        self, activity_id: int, status: str, error_message: str | None = None
    ) -> ActivityRow:
        """Set the status; an earlier error message goes.

        `generating` notes when the run first started, an ending when it ended.
        """
        values = {"status": status, "error_message": error_message, **_moments(status)}
        return await self._change(activity_id, values)

    async def save_content(
        self,
        activity_id: int,
        *,
        content: dict[str, Any],
        report: dict[str, Any],
        status: str,
        tokens: int,
        duration_ms: int,
    ) -> ActivityRow:
        """Keep what a run has written, with the report of its checks."""
        values = {
            "content": content,
            "report": report,
            "status": status,
            "error_message": None,
            "tokens_used": tokens,
            "workflow_duration_ms": duration_ms,
            **_moments(status),
        }
        return await self._change(activity_id, values)

    async def save_text(self, activity_id: int, content: dict[str, Any]) -> ActivityRow:
        """Keep what a person has written; the status stays."""
        return await self._change(activity_id, {"content": content})

    async def keep_report(self, activity_id: int, report: dict[str, Any]) -> ActivityRow:
        """Keep what the checks of a text said that was written elsewhere."""
        return await self._change(activity_id, {"report": report})

    async def move_to(self, activity_id: int, status: str) -> ActivityRow:
        """Give a text a status of `domain.activity_status`; times of runs stay."""
        published = func.current_timestamp() if status == "published" else None
        return await self._change(activity_id, {"status": status, "published_at": published})

    async def note_published(self, activity_id: int, url: str | None) -> ActivityRow:
        """It is public, at `url` if that is known; one that was public already keeps its time."""
        since = case((ActivityRow.status == "published", ActivityRow.published_at))
        return await self._change(
            activity_id,
            {
                "status": "published",
                "published_at": func.coalesce(since, func.current_timestamp()),
                "published_url": func.coalesce(url, ActivityRow.published_url),
            },
        )

    async def filed_under(self, activity_id: int) -> tuple[int, str, str]:
        """The number and the name of the activity's project, and the name of its campaign."""
        found = await self._session.execute(
            select(ProjectRow.id, ProjectRow.name, CampaignRow.name)
            .join(CampaignRow, CampaignRow.project_id == ProjectRow.id)
            .join(ActivityRow, ActivityRow.campaign_id == CampaignRow.id)
            .where(ActivityRow.id == activity_id)
        )
        project_id, project, campaign = found.one()
        return project_id, project, campaign

    async def set_brief(self, activity_id: int, brief: dict[str, Any]) -> ActivityRow:
        """Let the activity be about another brief, the JSON form of a `Brief`."""
        return await self._change(activity_id, _asked(brief))

    async def set_run(self, activity_id: int, run_state: dict[str, Any]) -> ActivityRow:
        """Keep the reference to the run: its thread, last checkpoint and step."""
        return await self._change(activity_id, {"workflow_state": run_state})

    def _seen(self) -> Select[Any]:
        return (
            select(ActivityRow)
            .join(CampaignRow, CampaignRow.id == ActivityRow.campaign_id)
            .join(ProjectRow, ProjectRow.id == CampaignRow.project_id)
            .where(visible_to(self._acting))
        )

    async def _change(self, activity_id: int, values: dict[str, Any]) -> ActivityRow:
        return await change_row(self._session, ActivityRow, "activity", activity_id, values)


@cache
def _new_run(*columns: str) -> Insert:
    """Built once: it is what every piece begins with."""
    told: dict[str, Any] = {name: bindparam(f"run_{name}") for name in columns}
    return insert(ActivityRow).values(workflow_started_at=func.current_timestamp(), **told)


def _asked(brief: dict[str, Any]) -> dict[str, Any]:
    """The columns that say what a brief asks for."""
    return {
        "type": brief["type"],
        "topic": brief["topic"],
        "keywords": brief["keywords"],
        "tone": brief["tone"],
        "target_audience": brief["audience"] or None,
        "target_word_count": brief["words"],
        "document_ids": brief["document_ids"],
        "brief": brief,
    }


def _moments(status: str) -> dict[str, Any]:
    now = func.current_timestamp()
    if status == "generating":
        started = func.coalesce(ActivityRow.workflow_started_at, now)
        return {"workflow_started_at": started, "workflow_completed_at": None}
    return {"workflow_completed_at": now} if status in RUN_ENDED else {}
