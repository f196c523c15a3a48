"""What is noted as used."""

from decimal import Decimal

from sqlalchemy import select

from marketer_desktop.storage.database import Database
from marketer_desktop.storage.tables import UsageEventRow


async def uses_of(database: Database, activity_id: int) -> list[tuple[str, int, Decimal]]:
    """The uses of models for an activity, the oldest first: model, tokens, dollars."""
    async with database.unit_of_work() as work:
        rows = await work.session.scalars(
            select(UsageEventRow)
            .where(
                UsageEventRow.event_type == "llm_request",
                UsageEventRow.details["activity_id"].as_integer() == activity_id,
            )
            .order_by(UsageEventRow.id)
        )
        uses = [(row.details or {}, row.cost_usd) for row in rows]
    return [(details["model"], details["tokens"], cost) for details, cost in uses]
