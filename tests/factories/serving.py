"""A team server for tests: its accounts, and clients that are signed in to them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
from sqlalchemy import func

from marketer_desktop.api.app import create_app
from marketer_desktop.services.access import signing_secret
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.tables import OrganizationMemberRow, OrganizationRow, UserRow
from marketer_desktop.system.passwords import password_hash
from marketer_desktop.system.tokens import access_token

PASSWORD = "password123"
HASH = password_hash(PASSWORD)


@dataclass(frozen=True)
class Teammate:
    """An account, and the organization it was made in."""

    user_id: int
    email: str
    organization_id: int
    slug: str


async def add_organization(parts: Parts, name: str, plan: str = "pro") -> tuple[int, str]:
    """An organization without members: its number and slug."""
    async with parts.database.unit_of_work() as work:
        slug = name.lower().replace(" ", "-")
        row = OrganizationRow(name=name, slug=slug, plan=plan, max_users=10, max_projects=50)
        work.session.add(row)
        await work.commit()
    return row.id, slug


async def add_teammate(
    parts: Parts, email: str, organization: tuple[int, str], role: str = "owner"
) -> Teammate:
    """An account with the password `PASSWORD` and this role."""
    organization_id, slug = organization
    async with parts.database.unit_of_work() as work:
        user = UserRow(email=email, password_hash=HASH, role="user")
        work.session.add(user)
        await work.session.flush()
        work.session.add(
            OrganizationMemberRow(
                user_id=user.id,
                organization_id=organization_id,
                role=role,
                joined_at=func.current_timestamp(),
            )
        )
        await work.commit()
    return Teammate(user.id, email, organization_id, slug)


@asynccontextmanager
async def client_of(
    parts: Parts, teammate: Teammate | None = None
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the API over `parts`, signed in as somebody or not at all."""
    headers = {}
    if teammate is not None:
        token = access_token(teammate.user_id, signing_secret(parts))
        headers = {"Authorization": f"Bearer {token}", "X-Organization": teammate.slug}
    transport = httpx.ASGITransport(create_app(parts), raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost:8000", headers=headers
    ) as client:
        yield client
