"""A team server for tests: its accounts, and clients that are signed in to them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
from argon2 import PasswordHasher
from fastapi import FastAPI
from sqlalchemy import func

from marketer_desktop.api.app import create_app, equip
from marketer_desktop.domain.brief import Brief
from marketer_desktop.services.access import signing_secret
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.repositories.workspaces import Member
from marketer_desktop.storage.tables import OrganizationMemberRow, OrganizationRow, UserRow
from marketer_desktop.system.tokens import access_token

PASSWORD = "password123"
# As cheap as Argon2 gets: what a hash costs to verify, it says itself.
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@dataclass(frozen=True)
class Teammate:
    """An account, and the organization it was made in."""

    user_id: int
    email: str
    organization_id: int
    slug: str

    @property
    def member(self) -> Member:
        """The account in its organization, as its owner."""
        return Member(self.user_id, self.organization_id)


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
    person = await add_person(parts, email)
    return await add_membership(parts, person, organization, role)


async def add_person(parts: Parts, email: str, role: str = "user") -> Teammate:
    """An account with the password `PASSWORD` in no organization; `role` on the installation."""
    async with parts.database.unit_of_work() as work:
        user = UserRow(email=email, password_hash=HASH, role=role)
        work.session.add(user)
        await work.commit()
    return Teammate(user.id, email, 0, "")


async def add_membership(
    parts: Parts, person: Teammate, organization: tuple[int, str], role: str = "owner"
) -> Teammate:
    """The same account, now with this role in the organization."""
    organization_id, slug = organization
    async with parts.database.unit_of_work() as work:
        work.session.add(
            OrganizationMemberRow(
                user_id=person.user_id,
                organization_id=organization_id,
                role=role,
                joined_at=func.current_timestamp(),
            )
        )
        await work.commit()
    return Teammate(person.user_id, person.email, organization_id, slug)


async def add_draft(parts: Parts, owner: Teammate, project_id: int) -> int:
    """An activity without a text in the first campaign of a project: its number."""
    async with parts.acting_as(owner.member).database.unit_of_work() as work:
        place = await work.workspaces.of_project(project_id)
        brief = Brief(topic="To be said").model_dump(mode="json")
        row = await work.activities.add(place.campaign_id, owner.user_id, brief)
        await work.commit()
    return row.id


def signed_in(parts: Parts, teammate: Teammate) -> dict[str, str]:
    """The headers of a request in somebody's name."""
    token = access_token(teammate.user_id, signing_secret(parts))
    organization = {"X-Organization": teammate.slug} if teammate.slug else {}
    return {"Authorization": f"Bearer {token}", **organization}


_apps: list[FastAPI] = []


def app_of(parts: Parts) -> FastAPI:
    """The API over `parts`; all tests share one, since it takes half a second to be built."""
    if not _apps:
        _apps.append(create_app(parts))
    elif _apps[0].state.parts is not parts:
        equip(_apps[0], parts)
    return _apps[0]


@asynccontextmanager
async def client_of(
    parts: Parts, teammate: Teammate | None = None
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the API over `parts`, signed in as somebody or not at all."""
    headers = signed_in(parts, teammate) if teammate is not None else {}
    transport = httpx.ASGITransport(app_of(parts), raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost:8000", headers=headers
    ) as client:
        yield client
