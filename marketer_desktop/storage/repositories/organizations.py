"""Organizations: the clients that a person works for, each with projects of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, case, func, null, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.domain.plans import LIMITS, Plan
from marketer_desktop.domain.titles import slug
from marketer_desktop.storage.repositories.changes import change_row
from marketer_desktop.storage.repositories.memberships import is_member
from marketer_desktop.storage.repositories.missing import MissingRow
from marketer_desktop.storage.repositories.workspaces import CREATION_LOCK
from marketer_desktop.storage.tables import (
    OrganizationMemberRow,
    OrganizationRow,
    ProjectRow,
    ServerAccountRow,
    SyncCounterRow,
)

GB = 1024**3
SLUG_CHARACTERS = 90  # of 100: a number may follow


@dataclass(frozen=True)
class OrganizationUsage:
    """What an organization has of what its plan limits."""

    users: int
    projects: int
    storage_gb: Decimal
    requests_today: int


class Organizations:
    """The organizations of an installation."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of_user(self, user_id: int) -> Sequence[tuple[OrganizationRow, str]]:
        """The organizations that a user belongs to, each with the user's role, by age."""
        found = await self._session.execute(
            select(OrganizationRow, OrganizationMemberRow.role)
            .join(
                OrganizationMemberRow, OrganizationMemberRow.organization_id == OrganizationRow.id
            )
            .where(
                OrganizationMemberRow.user_id == user_id,
                is_member(),
                OrganizationRow.deleted_at.is_(None),
            )
            .order_by(OrganizationRow.id)
        )
        return [(row, role) for row, role in found]

    async def homes(self, numbers: Iterable[int]) -> dict[int, ServerAccountRow]:
        """Which of these organizations are a server's, and the account that they came by."""
        found = await self._session.execute(
            select(SyncCounterRow.organization_id, ServerAccountRow)
            .join(ServerAccountRow, ServerAccountRow.id == SyncCounterRow.account_id)
            .where(SyncCounterRow.is_mirror, SyncCounterRow.organization_id.in_(list(numbers)))
        )
        return {number: row for number, row in found if number is not None}

    async def role(self, user_id: int, organization_id: int) -> str | None:
        """What a user is in an organization, or None."""
        mine = await self.of_user(user_id)
        return next((role for row, role in mine if row.id == organization_id), None)

    async def page(
        self, user_id: int | None, offset: int, limit: int
    ) -> tuple[int, Sequence[tuple[OrganizationRow, str | None]]]:
        """How many there are, and some of them with the user's role; None is everybody's."""
        member = (OrganizationMemberRow.organization_id == OrganizationRow.id) & is_member()
        listed: list[ColumnElement[bool]] = [OrganizationRow.deleted_at.is_(None)]
        query: Any = select(OrganizationRow, null().label("role"))
        if user_id is not None:
            query = select(OrganizationRow, OrganizationMemberRow.role).join(
                OrganizationMemberRow, member
            )
            listed.append(OrganizationMemberRow.user_id == user_id)
        query = query.where(*listed)
        total = await self._session.scalar(select(func.count()).select_from(query.subquery()))
        found = await self._session.execute(
            query.order_by(OrganizationRow.id).offset(offset).limit(limit)
        )
        return total or 0, [(row, role) for row, role in found]

    async def get(self, organization_id: int) -> OrganizationRow | None:
        """An organization that is not deleted, or None."""
        found: OrganizationRow | None = await self._session.scalar(
            select(OrganizationRow).where(
                OrganizationRow.id == organization_id, OrganizationRow.deleted_at.is_(None)
            )
        )
        return found

    async def locked(self, organization_id: int) -> OrganizationRow:
        """The organization as it is now, held until the transaction ends. Raises `MissingRow`."""
        row = await self._session.get(
            OrganizationRow, organization_id, with_for_update=True, populate_existing=True
        )
        if row is None:
            raise MissingRow("organization", organization_id)
        return row

    async def note_storage(self, organization_id: int, stored: int) -> OrganizationRow:
        """Keep how many bytes its documents have. Raises `MissingRow`."""
        values = {"current_storage_gb": Decimal(stored) / GB}
        return await change_row(
            self._session, OrganizationRow, "organization", organization_id, values
        )

    async def usage(self, organization_id: int) -> OrganizationUsage:
        """What it has now; requests of an earlier day are not today's."""
        users = select(func.count()).where(
            OrganizationMemberRow.organization_id == organization_id, is_member()
        )
        projects = select(func.count()).where(
            ProjectRow.organization_id == organization_id, ~ProjectRow.is_archived
        )
        is_today = OrganizationRow.last_reset_date == func.current_date()
        found = await self._session.execute(
            select(
                users.scalar_subquery(),
                projects.scalar_subquery(),
                OrganizationRow.current_storage_gb,
                case((is_today, OrganizationRow.requests_today), else_=0),
            ).where(OrganizationRow.id == organization_id)
        )
        return OrganizationUsage(*found.one())

    async def register(
        self, user_id: int, name: str, slug: str, limits: dict[str, Any]
    ) -> OrganizationRow | None:
        """Add an organization, owned by the user; None if the slug is taken."""
        await self._hold_slugs()
        row: OrganizationRow | None = await self._session.scalar(
            insert(OrganizationRow)
            .values(name=name, slug=slug, **limits)
            .on_conflict_do_nothing(index_elements=[OrganizationRow.slug])
            .returning(OrganizationRow)
        )
        if row is not None:
            await self._own(row, user_id)
        return row

    async def add(self, user_id: int, name: str) -> OrganizationRow:
        """Add an organization on this machine, owned by the user."""
        row = OrganizationRow(
            name=name,
            slug=await self._free_slug(name),
            plan=Plan.LOCAL,
            llm_mode="local_agent",
            **LIMITS[Plan.LOCAL]._asdict(),
        )
        self._session.add(row)
        await self._session.flush()
        await self._own(row, user_id)
        return row

    async def has_slug(self, slug: str) -> bool:
        """Whether a slug is taken, also by one that was deleted; nobody takes it meanwhile."""
        await self._hold_slugs()
        taken = select(OrganizationRow.id).where(OrganizationRow.slug == slug)
        return await self._session.scalar(taken) is not None

    async def rename(self, organization_id: int, name: str) -> OrganizationRow:
        """Give an organization another name; its slug stays. Raises `MissingRow`."""
        return await self.change(organization_id, {"name": name})

    async def change(self, organization_id: int, values: dict[str, Any]) -> OrganizationRow:
        """Write these columns of an organization. Raises `MissingRow`."""
        return await change_row(
            self._session, OrganizationRow, "organization", organization_id, values
        )

    async def _own(self, row: OrganizationRow, user_id: int) -> None:
        joined = func.current_timestamp()
        self._session.add(
            OrganizationMemberRow(
                user_id=user_id, organization_id=row.id, role="owner", joined_at=joined
            )
        )
        await self._session.flush()

    async def _hold_slugs(self) -> None:
        await self._session.execute(select(func.pg_advisory_xact_lock(CREATION_LOCK)))

    async def _free_slug(self, name: str) -> str:
        """The slug of `name`, with a number if another one has it already."""
        await self._hold_slugs()
        wanted = slug(name)[:SLUG_CHARACTERS]
        like = select(OrganizationRow.slug).where(OrganizationRow.slug.startswith(wanted))
        taken = set(await self._session.scalars(like))
        candidates = (wanted if n == 1 else f"{wanted}-{n}" for n in range(1, len(taken) + 2))
        return next(candidate for candidate in candidates if candidate not in taken)
