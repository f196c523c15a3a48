"""Show what the brand documents of a project come to, if that has been distilled already."""

from pydantic import BaseModel

from marketer_desktop.domain.brand_summary import BrandSummary
from marketer_desktop.services.brand_summary import brand_documents, key_of
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts


class BrandDocuments(BaseModel):
    """The names of the brand documents, and their summary; None until a run has made it."""

    documents: list[str]
    summary: BrandSummary | None


class ShowBrandSummary(Call[BrandDocuments]):
    """The summary of a project's brand documents as they are now. No model is asked."""

    project_id: int


async def show_brand_summary(call: ShowBrandSummary, parts: Parts, emit: Emit) -> BrandDocuments:
    """Look it up by the contents of the documents."""
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.of_project(call.project_id)
        await work.commit()
    documents = await brand_documents(parts, place.organization_id, place.project_id)
    async with parts.database.unit_of_work() as work:
        kept = await work.brand_summaries.find(
            place.organization_id, place.project_id, key_of(documents)
        )
    return BrandDocuments(
        documents=[row.filename for row in documents],
        summary=BrandSummary.model_validate_json(kept.summary) if kept and documents else None,
    )
