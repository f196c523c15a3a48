"""Organizations: the clients that a person works for, each with projects of its own."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.domain.titles import slug
from marketer_desktop.storage.repositories.changes import change_row
from marketer_desktop.storage.repositories.workspaces import CREATION_LOCK
from marketer_desktop.storage.tables import OrganizationMemberRow, OrganizationRow

SLUG_CHARACTERS = 90  # of 100: a number may follow


class Organizations:
    """The organizations of a user."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of_user(self, user_id: int) -> Sequence[tuple[OrganizationRow, str]]:
        """The organizations that a user belongs to, each with the user's role, by age."""
        found = await self._session.execute(
            select(OrganizationRow, OrganizationMemberRow.role)
            .join(
                OrganizationMemberRow, OrganizationMemberRow.organization_id == OrganizationRow.id
            )
            .where(OrganizationMemberRow.user_id == user_id, OrganizationMemberRow.is_active)
            .order_by(OrganizationRow.id)
        )
        return [(row, role) for row, role in found]

    async def add(self, user_id: int, name: str) -> OrganizationRow:
        """Add an organization on this machine, owned by the user."""
        row = OrganizationRow(
            name=name, slug=await self._free_slug(name), plan="local", llm_mode="local_agent"
        )
        self._session.add(row)
        await self._session.flush()
        joined = func.current_timestamp()
        self._session.add(
            OrganizationMemberRow(
                user_id=user_id, organization_id=row.id, role="owner", joined_at=joined
            )
        )
        await self._session.flush()
        return row

    async def rename(self, organization_id: int, name: str) -> OrganizationRow:
        """Give an organization another name; its slug stays. Raises `MissingRow`."""
        return await change_row(
            self._session, OrganizationRow, "organization", organization_id, {"name": name}
        )

    async def _free_slug(self, name: str) -> str:
        """The slug of `name`, with a number if another one has it already."""
        await self._session.execute(select(func.pg_advisory_xact_lock(CREATION_LOCK)))
        wanted = slug(name)[:SLUG_CHARACTERS]
        like = select(OrganizationRow.slug).where(OrganizationRow.slug.startswith(wanted))
        taken = set(await self._session.scalars(like))
        candidates = (wanted if n == 1 else f"{wanted}-{n}" for n in range(1, len(taken) + 2))
        return next(candidate for candidate in candidates if candidate not in taken)
