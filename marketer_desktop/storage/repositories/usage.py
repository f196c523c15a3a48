"""Usage events: what was used and what it cost."""

from decimal import Decimal
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.tables import UsageEventRow


class Usage:
    """The usage of organizations."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def record(
        self,
        organization_id: int,
        user_id: int | None,
        event_type: str,
        details: dict[str, Any],
        cost_usd: Decimal = Decimal(0),
    ) -> UsageEventRow:
        """Note a use such as `llm_request`; `details` holds model, tokens, sizes and the like."""
        row = UsageEventRow(
            organization_id=organization_id,
            user_id=user_id,
            event_type=event_type,
            details=details,
            cost_usd=cost_usd,
        )
        self._session.add(row)
        await self._session.flush()
        return row
