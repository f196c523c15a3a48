"""The audit log: who did what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Insert,
    Integer,
    bindparam,
    case,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.domain.compliance import RETENTION_DAYS, ComplianceMode
from marketer_desktop.observability.request_context import asking_client
from marketer_desktop.storage.repositories.joint import Change
from marketer_desktop.storage.tables import AuditLogRow, OrganizationRow, UserRow

_TOLD = (
    "ip_address",
    "user_agent",
    "user_id",
    "organization_id",
    "action",
    "resource_type",
    "resource_id",
    "details",
    "status",
)


@dataclass(frozen=True)
class Looked:
    """Which entries are looked for; what is None does not matter. `end` is not included."""

    action: str | None = None
    user_id: int | None = None
    resource_type: str | None = None
    resource_id: int | None = None
    status: str | None = None
    start: datetime | None = None
    end: datetime | None = None


class Audit:
    """The record of changes and refused attempts."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def record(
        self,
        user_id: int | None,
        organization_id: int | None,
        action: str,
        resource_type: str | None = None,
        resource_id: int | None = None,
        details: dict[str, Any] | None = None,
        status: Literal["success", "failure"] = "success",
    ) -> None:
        """Note an action such as `document.upload` on a resource."""
        entry = self.entry(
            user_id, organization_id, action, resource_type, resource_id, details, status
        )
        await self._session.execute(*entry)

    def entry(
        self,
        user_id: int | None,
        organization_id: int | None,
        action: str,
        resource_type: str | None = None,
        resource_id: int | None = None,
        details: dict[str, Any] | None = None,
        status: Literal["success", "failure"] = "success",
    ) -> Change:
        """The same, to be made together with what it tells of."""
        client = asking_client.get()
        values = {
            "ip_address": client.address[:45] if client.address else None,
            "user_agent": client.agent,
            "user_id": user_id,
            "organization_id": organization_id,
            "action": action,
            "resource_type": resource_type,
            "resource_id": resource_id,
            "details": details,
            "status": status,
        }
        return Change(_entry(), {f"entry_{name}": value for name, value in values.items()})

    async def keep(self, organization_id: int, days: int) -> None:
        """Say how long all that is in an organization's log is kept."""
        await self._session.execute(
            update(AuditLogRow)
            .where(
                AuditLogRow.organization_id == organization_id,
                AuditLogRow.retention_days != days,
            )
            .values(retention_days=days)
            .execution_options(synchronize_session=False)
        )

    async def forget(self, limit: int) -> int:
        """Remove up to `limit` entries that have been kept long enough; how many were."""
        soonest = func.make_interval(0, 0, 0, min(RETENTION_DAYS.values()))
        kept = func.make_interval(0, 0, 0, AuditLogRow.retention_days)
        now, written = func.current_timestamp(), AuditLogRow.timestamp
        old = (
            select(AuditLogRow.id)
            # The first condition is there for the index.
            .where(written < now - soonest, written < now - kept)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        removed = await self._session.scalars(
            delete(AuditLogRow)
            .where(AuditLogRow.id.in_(old))
            .returning(AuditLogRow.id)
            .execution_options(synchronize_session=False)
        )
        return len(removed.all())

    async def page(
        self, organization_id: int, looked: Looked, offset: int, limit: int
    ) -> tuple[int, Sequence[tuple[AuditLogRow, str | None]]]:
        """How many such entries there are, and some of them with who it was, newest first."""
        listed = _conditions(organization_id, looked)
        total = await self._session.scalar(
            select(func.count()).select_from(AuditLogRow).where(*listed)
        )
        found = await self._session.execute(
            select(AuditLogRow, UserRow.email)
            .outerjoin(UserRow, UserRow.id == AuditLogRow.user_id)
            .where(*listed)
            .order_by(AuditLogRow.timestamp.desc(), AuditLogRow.id.desc())
            .offset(offset)
            .limit(limit)
        )
        return total or 0, [(row, email) for row, email in found]


@cache
def _entry() -> Insert:
    """Built once: there is hardly a change without one."""
    told: dict[str, Any] = {name: bindparam(f"entry_{name}") for name in _TOLD}
    return insert(AuditLogRow).values(**told, retention_days=_retention())


def _retention() -> ColumnElement[int]:
    """How long an entry is kept, by the rules that its organization works under."""
    standard = RETENTION_DAYS[ComplianceMode.STANDARD]
    others = {each.value: days for each, days in RETENTION_DAYS.items() if days != standard}
    days = case(others, value=OrganizationRow.compliance_mode, else_=standard)
    organization = bindparam("entry_organization_id", type_=Integer)
    kept = select(days).where(OrganizationRow.id == organization).scalar_subquery()
    return func.coalesce(kept, standard)


def _conditions(organization_id: int, looked: Looked) -> list[ColumnElement[bool]]:
    conditions = [AuditLogRow.organization_id == organization_id]
    for name in ("action", "user_id", "resource_type", "resource_id", "status"):
        value = getattr(looked, name)
        if value is not None:
            conditions.append(getattr(AuditLogRow, name) == value)
    if looked.start is not None:
        conditions.append(AuditLogRow.timestamp >= looked.start)
    if looked.end is not None:
        conditions.append(AuditLogRow.timestamp < looked.end)
    return conditions
