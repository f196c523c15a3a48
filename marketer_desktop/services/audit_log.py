"""The audit log: who did what in the organization, and what was refused."""

from datetime import datetime
from typing import Any, Literal, cast

from pydantic import BaseModel, ConfigDict, Field

from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.days import Day, beginning, end
from marketer_desktop.services.pages import Paged, Pagination
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.storable import RowNumber
from marketer_desktop.storage.repositories.audit import Looked

Outcome = Literal["success", "failure"]


class AuditEntry(BaseModel):
    """One entry; without a user it was the program itself."""

    id: int
    timestamp: datetime
    user_id: int | None
    user_email: str | None
    action: str
    resource_type: str | None
    resource_id: int | None
    details: dict[str, Any] | None
    status: Outcome
    ip_address: str | None
    user_agent: str | None


class AuditPage(BaseModel):
    """Newest first."""

    audit_logs: list[AuditEntry]
    pagination: Pagination


class ShowAuditLog(Paged, Call[AuditPage]):
    """Entries by what they say; the days are inclusive, and those of UTC."""

    action: str | None = Field(default=None, max_length=100)
    user_id: RowNumber | None = None
    resource_type: str | None = Field(default=None, max_length=50)
    resource_id: RowNumber | None = None
    status: Outcome | None = None
    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None

    model_config = ConfigDict(populate_by_name=True)


async def show_audit_log(call: ShowAuditLog, parts: Parts, emit: Emit) -> AuditPage:
    """A page of the log of the organization."""
    looked = Looked(
        action=call.action,
        user_id=call.user_id,
        resource_type=call.resource_type,
        resource_id=call.resource_id,
        status=call.status,
        start=beginning(call.from_) if call.from_ else None,
        end=end(call.to) if call.to else None,
    )
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        total, rows = await work.audit.page(
            member.organization_id, looked, call.offset, call.per_page
        )
        await work.commit()
    entries = [
        AuditEntry(
            id=row.id,
            timestamp=row.timestamp,
            user_id=row.user_id,
            user_email=email,
            action=row.action,
            resource_type=row.resource_type,
            resource_id=row.resource_id,
            details=row.details,
            status=cast(Outcome, row.status),
            ip_address=row.ip_address,
            user_agent=row.user_agent,
        )
        for row, email in rows
    ]
    return AuditPage(audit_logs=entries, pagination=call.pagination(total))
