"""What a person syncs: the rows of each of their organizations, and those that are their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.repositories.memberships import is_member
from marketer_desktop.storage.repositories.workspaces import NOWHERE, Member
from marketer_desktop.storage.tables import (
    OrganizationMemberRow,
    OrganizationRow,
    SyncCounterRow,
)


@dataclass(frozen=True)
class Stream:
    """Rows with one counter of versions, and what the person is among whose they are.

    `seen_since` is the version since which they have this role; `version` the last one there is.
    Whatever has it or an older one can be read from now on.
    """

    member: Member
    sync_id: UUID | None  # of the organization
    seen_since: int
    version: int

    @property
    def key(self) -> UUID | Literal["own"]:
        """The name of the stream."""
        return self.sync_id or "own"


class SyncStreams:
    """The streams of people."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of_user(self, user_id: int) -> Sequence[Stream]:
        """Those of the organizations that a user belongs to, by age, then the user's own."""
        found = await self._session.execute(
            select(
                OrganizationRow.id,
                OrganizationRow.sync_id,
                OrganizationMemberRow.role,
                OrganizationMemberRow.seen_since,
                SyncCounterRow.version,
            )
            .join(
                OrganizationMemberRow, OrganizationMemberRow.organization_id == OrganizationRow.id
            )
            .join(SyncCounterRow, SyncCounterRow.organization_id == OrganizationRow.id)
            .where(
                OrganizationMemberRow.user_id == user_id,
                is_member(),
                OrganizationRow.deleted_at.is_(None),
            )
            .order_by(OrganizationRow.id)
        )
        streams = [
            Stream(Member(user_id, number, role), sync_id, since, version)
            for number, sync_id, role, since, version in found
        ]
        own = await self._session.scalar(
            select(SyncCounterRow.version).where(SyncCounterRow.user_id == user_id)
        )
        return [*streams, Stream(Member(user_id, NOWHERE), None, 0, own or 0)]
