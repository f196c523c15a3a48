"""The audit log: who did what."""

from typing import Any, Literal

from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.tables import AuditLogRow


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
    ) -> AuditLogRow:
        """Note an action such as `document.upload` on a resource."""
        row = AuditLogRow(
            user_id=user_id,
            organization_id=organization_id,
            action=action,
            resource_type=resource_type,
            resource_id=resource_id,
            details=details,
            status=status,
        )
        self._session.add(row)
        await self._session.flush()
        return row
