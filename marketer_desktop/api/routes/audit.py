"""Who did what."""

from typing import Annotated

from fastapi import Query

from marketer_desktop.api.asking import AsMember
from marketer_desktop.api.router import EnvelopeRouter
from marketer_desktop.services.audit_log import AuditPage, ShowAuditLog

router = EnvelopeRouter(prefix="/api/audit-logs", tags=["audit"])


@router.get("")
async def list_audit_logs(asked: Annotated[ShowAuditLog, Query()], who: AsMember) -> AuditPage:
    """What was done in the organization, and what was refused."""
    return await who.call(asked)
