"""The database: its revision, whether it agrees with the models, and its address."""

import asyncio

from pydantic import BaseModel

from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.migration import current_and_head, differences, upgrade


class UpgradeResult(BaseModel):
    """The revisions that were applied now, and where the database stands."""

    applied: list[str]
    revision: str | None


class CheckResult(BaseModel):
    """What differs between the models and the database; empty is well."""

    revision: str | None
    head: str
    differences: list[str]


class DatabaseUrl(BaseModel):
    """The address, with its password, for other programs of this user."""

    url: str


class UpgradeDatabase(Call[UpgradeResult]):
    """Apply what migrations are missing."""


class CheckDatabase(Call[CheckResult]):
    """Compare the database with the models."""


class GetDatabaseUrl(Call[DatabaseUrl]):
    """The address of the database in use."""


async def upgrade_database(call: UpgradeDatabase, parts: Parts, emit: Emit) -> UpgradeResult:
    """Bring the schema up to date."""
    applied = await asyncio.to_thread(upgrade, parts.database_url)
    revision, _ = await asyncio.to_thread(current_and_head, parts.database_url)
    return UpgradeResult(applied=applied, revision=revision)


async def check_database(call: CheckDatabase, parts: Parts, emit: Emit) -> CheckResult:
    """Say where the schema stands and what differs."""
    revision, head = await asyncio.to_thread(current_and_head, parts.database_url)
    found = await asyncio.to_thread(differences, parts.database_url)
    return CheckResult(revision=revision, head=head, differences=found)


async def get_database_url(call: GetDatabaseUrl, parts: Parts, emit: Emit) -> DatabaseUrl:
    """The address as libpq takes it."""
    return DatabaseUrl(url=parts.database_url)
