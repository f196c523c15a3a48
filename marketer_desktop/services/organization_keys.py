"""Keys of clouds that organizations give to a server: sealed, used, and never shown again."""

from pydantic import BaseModel, ConfigDict, Field

from marketer_desktop.domain.plans import Plan
from marketer_desktop.llm.choice import CLOUD, CloudProvider
from marketer_desktop.llm.providers import INFO
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.compliance import existing_organization, refuse_forbidden
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.providers import proper_key
from marketer_desktop.services.refusals import Conflict
from marketer_desktop.storage.tables import OrganizationRow
from marketer_desktop.storage.unit_of_work import UnitOfWork
from marketer_desktop.system.encryption import CannotOpen, opened, sealed
from marketer_desktop.system.secret_files import secret_of

LONGEST_SEALED = 300  # characters: what they are sealed as has to fit into its column


class OrganizationKey(BaseModel):
    """Whether the organization has given a key for this cloud."""

    provider: CloudProvider
    title: str
    is_set: bool


class OrganizationKeys(BaseModel):
    """One for each cloud."""

    provider_keys: list[OrganizationKey]


class ListOrganizationKeys(Call[OrganizationKeys]):
    """Of the organization that is acted in."""


class SetOrganizationKey(Call[OrganizationKey]):
    """Keep a key, in place of the one before."""

    model_config = ConfigDict(hide_input_in_errors=True)

    provider: CloudProvider
    key: str = Field(repr=False, min_length=1, max_length=LONGEST_SEALED)


class RemoveOrganizationKey(Call[OrganizationKey]):
    """Forget a key."""

    provider: CloudProvider


async def list_organization_keys(
    call: ListOrganizationKeys, parts: Parts, emit: Emit
) -> OrganizationKeys:
    """All clouds, each with or without a key."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        row = await existing_organization(work, member.organization_id)
        await work.commit()
    return OrganizationKeys(provider_keys=[_state(row, provider) for provider in CLOUD])


async def set_organization_key(
    call: SetOrganizationKey, parts: Parts, emit: Emit
) -> OrganizationKey:
    """Raises `Conflict` for a cloud that compliance forbids, and on one's own computer."""
    key = proper_key(call.provider, call.key)
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        row = await existing_organization(work, member.organization_id)
        if row.plan == Plan.LOCAL:
            raise Conflict(
                "On your own computer keys are kept in its keyring: give the key in Settings, "
                "Models."
            )
        refuse_forbidden(parts, row, call.provider)
        kept = sealed(key, sealing_secret(parts), _about(row.id, call.provider))
        row = await _keep(work, member.user_id, row.id, call.provider, kept)
        await work.commit()
    parts.bus.changed("models")
    return _state(row, call.provider)


async def remove_organization_key(
    call: RemoveOrganizationKey, parts: Parts, emit: Emit
) -> OrganizationKey:
    """It is no error if there is none."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        row = await _keep(work, member.user_id, member.organization_id, call.provider, None)
        await work.commit()
    parts.bus.changed("models")
    return _state(row, call.provider)


def key_of(parts: Parts, row: OrganizationRow, provider: CloudProvider) -> str | None:
    """The organization's key for a cloud. Raises `Conflict` if it cannot be opened any more."""
    kept: str | None = getattr(row, _column(provider))
    if kept is None:
        return None
    try:
        return opened(kept, sealing_secret(parts), _about(row.id, provider))
    except CannotOpen:
        raise Conflict(
            f"The organization’s key for {INFO[provider].title} cannot be read any more: it was "
            "sealed with another secret of the server. Give the key again."
        ) from None


async def _keep(
    work: UnitOfWork, user_id: int, organization_id: int, provider: CloudProvider, kept: str | None
) -> OrganizationRow:
    row = await work.organizations.change(organization_id, {_column(provider): kept})
    action = "provider_key.set" if kept else "provider_key.remove"
    await work.audit.record(
        user_id,
        organization_id,
        action,
        "organization",
        organization_id,
        {"provider": provider},
    )
    return row


def _state(row: OrganizationRow, provider: CloudProvider) -> OrganizationKey:
    is_set = getattr(row, _column(provider)) is not None
    return OrganizationKey(provider=provider, title=INFO[provider].title, is_set=is_set)


def _column(provider: CloudProvider) -> str:
    return f"{provider}_api_key"


def _about(organization_id: int, provider: CloudProvider) -> str:
    return f"{organization_id}:{provider}"


def sealing_secret(parts: Parts) -> bytes:
    """What secrets in the database are sealed with, by every process on it."""
    named = parts.settings.provider_keys_secret
    return named.encode() if named else secret_of(parts.data_dir, "provider-keys")
