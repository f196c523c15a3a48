"""Opens the models of organizations: as compliance allows, with the organization's own key."""

from marketer_desktop.llm.choice import ModelChoice
from marketer_desktop.llm.factory import OpenModel
from marketer_desktop.services.compliance import existing_organization, refuse_forbidden
from marketer_desktop.services.organization_keys import key_of
from marketer_desktop.services.parts import Parts


async def open_model(parts: Parts, organization_id: int, choice: ModelChoice) -> OpenModel:
    """A model ready for calls; without a key of the organization, with that of the installation.

    Raises `Conflict` for a cloud that the organization may not use, and `ModelError`.
    """
    if choice.cloud is None:
        return await parts.models.open(choice)
    async with parts.database.unit_of_work() as work:
        row = await existing_organization(work, organization_id)
    refuse_forbidden(parts, row, choice.cloud)
    key = key_of(parts, row, choice.cloud)
    return await (
        parts.models.open(choice) if key is None else parts.models.open_cloud(choice, key)
    )
