"""An organization's own keys of clouds, for what the server writes for it."""

from pydantic import BaseModel, ConfigDict, Field

from marketer_desktop.api.asking import InOrganization
from marketer_desktop.api.router import EnvelopeRouter
from marketer_desktop.llm.choice import CloudProvider
from marketer_desktop.services.organization_keys import (
    LONGEST_SEALED,
    ListOrganizationKeys,
    OrganizationKey,
    OrganizationKeys,
    RemoveOrganizationKey,
    SetOrganizationKey,
)


class KeyGiven(BaseModel):
    """The key, which is never shown again."""

    model_config = ConfigDict(hide_input_in_errors=True)

    key: str = Field(repr=False, min_length=1, max_length=LONGEST_SEALED)


router = EnvelopeRouter(
    prefix="/api/organizations/{organization_id}/provider-keys", tags=["organizations"]
)


@router.get("")
async def list_provider_keys(who: InOrganization) -> OrganizationKeys:
    """For which clouds the organization has given a key."""
    return await who.call(ListOrganizationKeys())


@router.put("/{provider}")
async def set_provider_key(
    provider: CloudProvider, asked: KeyGiven, who: InOrganization
) -> OrganizationKey:
    """Keep a key, in place of the one before; it is encrypted and never shown again."""
    return await who.call(SetOrganizationKey(provider=provider, key=asked.key))


@router.delete("/{provider}")
async def remove_provider_key(provider: CloudProvider, who: InOrganization) -> OrganizationKey:
    """Forget the organization's key."""
    return await who.call(RemoveOrganizationKey(provider=provider))
