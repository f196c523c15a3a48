"""Summaries of what documents say about a brand: one for each set of documents."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.tables import BrandSummaryRow


class BrandSummaries:
    """The summaries of organizations, and of projects in them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(
        self, organization_id: int, project_id: int | None, documents_hash: str
    ) -> BrandSummaryRow | None:
        """The summary of exactly this set of documents, or None."""
        found: BrandSummaryRow | None = await self._session.scalar(
            select(BrandSummaryRow).where(
                BrandSummaryRow.organization_id == organization_id,
                BrandSummaryRow.project_id.is_not_distinct_from(project_id),
                BrandSummaryRow.documents_hash == documents_hash,
            )
        )
        return found

    async def keep(
        self,
        organization_id: int,
        project_id: int | None,
        documents_hash: str,
        model: str,
        summary: str,
    ) -> None:
        """Keep the summary of a set of documents in place of any earlier one of that set."""
        said = {"model": model, "summary": summary}
        await self._session.execute(
            upsert(BrandSummaryRow)
            .values(
                organization_id=organization_id,
                project_id=project_id,
                documents_hash=documents_hash,
                **said,
            )
            .on_conflict_do_update(
                index_elements=["organization_id", "project_id", "documents_hash"], set_=said
            )
        )
