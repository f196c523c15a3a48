"""Many small organizations at once, each with one of everything that routes name."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from typing import Any

from marketer_desktop.domain.brief import Brief
from marketer_desktop.services.access import signing_secret
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.tables import (
    ActivityRevisionRow,
    ActivityRow,
    AgentApiKeyRow,
    Base,
    CampaignRow,
    DocumentChunkRow,
    DocumentRow,
    NotificationRow,
    OrganizationMemberRow,
    OrganizationRow,
    ProjectRow,
    PublicationRow,
    PublishingTargetRow,
    UserRow,
)
from marketer_desktop.storage.unit_of_work import UnitOfWork
from marketer_desktop.system.tokens import access_token
from tests.factories.contents import make_content
from tests.factories.serving import HASH

ADMINISTRATOR = "administrator"  # of the installation; a viewer in the organization
HIDING = "to-be-hidden"  # is in the names of all that is a colleague's alone
Objects = dict[str, int | str]
NUMBERS = count(1)


@dataclass
class World:
    """An organization in which somebody has a role, and what there is in it.

    `hidden` is what lies in the private project of a colleague.
    """

    role: str
    slug: str
    token: str
    own: Objects
    hidden: Objects


class _Making:
    """Adds rows table by table for all worlds together: one statement each."""

    def __init__(self, work: UnitOfWork, roles: Sequence[str]) -> None:
        self._work, self._roles = work, roles
        self._tags = [f"world{next(NUMBERS)}" for _ in roles]
        self.objects: list[Objects] = [{} for _ in roles]
        self.hidden: list[Objects] = [{} for _ in roles]

    async def all(self, parts: Parts) -> list[World]:
        await self._people()
        await self._content(self.objects, "person", "shared")
        await self._content(self.hidden, "colleague", HIDING, visibility="private")
        await self._rest()
        secret = signing_secret(parts)
        return [
            World(role, tag, access_token(int(own["person_id"]), secret), own, hidden)
            for role, tag, own, hidden in zip(
                self._roles, self._tags, self.objects, self.hidden, strict=True
            )
        ]

    async def _added(self, name: str, rows: Sequence[Base], into: list[Objects]) -> None:
        self._work.session.add_all(rows)
        await self._work.session.flush()
        for objects, row in zip(into, rows, strict=True):
            objects[name] = row.id  # type: ignore[attr-defined]

    async def _people(self) -> None:
        organizations = [
            OrganizationRow(name=tag, slug=tag, plan="pro", max_users=50, max_projects=50)
            for tag in self._tags
        ]
        await self._added("organization_id", organizations, self.objects)
        for who in ("person", "colleague", "invited"):
            users = [
                UserRow(
                    email=f"{who}@{tag}.example",
                    password_hash=None if who == "invited" else HASH,
                    role="admin" if (who, role) == ("person", ADMINISTRATOR) else "user",
                )
                for tag, role in zip(self._tags, self._roles, strict=True)
            ]
            await self._added(f"{who}_id", users, self.objects)
            for objects, user in zip(self.objects, users, strict=True):
                objects["email" if who == "person" else f"{who}_email"] = user.email
            await self._memberships(who)

    async def _memberships(self, who: str) -> None:
        now = dt.datetime.now(dt.UTC)
        rows = []
        for objects, role, tag in zip(self.objects, self._roles, self._tags, strict=True):
            theirs = role if who == "person" else "member"
            invitation = {
                "invitation_token": sha256(f"token-{tag}".encode()).hexdigest(),
                "invitation_expires_at": now + dt.timedelta(days=1),
            }
            rows.append(
                OrganizationMemberRow(
                    user_id=objects[f"{who}_id"],
                    organization_id=objects["organization_id"],
                    role="viewer" if theirs == ADMINISTRATOR else theirs,
                    **(invitation if who == "invited" else {"joined_at": now}),
                )
            )
            objects["token"] = f"token-{tag}"
        await self._added("member_id" if who == "colleague" else f"{who}_place", rows, self.objects)

    async def _content(self, into: list[Objects], owner: str, name: str, **columns: Any) -> None:
        owners = [each[f"{owner}_id"] for each in self.objects]
        homes = [each["organization_id"] for each in self.objects]
        names = [f"{name} {tag}" for tag in self._tags]
        projects = [
            ProjectRow(organization_id=home, owner_id=each, name=name, **columns)
            for home, each, name in zip(homes, owners, names, strict=True)
        ]
        await self._added("project_id", projects, into)
        campaigns = [
            CampaignRow(project_id=row.id, owner_id=row.owner_id, name=row.name) for row in projects
        ]
        await self._added("campaign_id", campaigns, into)
        brief = Brief(topic="Coffee for the office").model_dump(mode="json")
        activities = [
            ActivityRow(
                campaign_id=row.id,
                owner_id=row.owner_id,
                type="blog",
                topic=row.name,
                status="completed",
                brief=brief,
                content=make_content(),
            )
            for row in campaigns
        ]
        await self._added("activity_id", activities, into)
        await self._publishing(projects, activities, into)
        texts = [
            ActivityRevisionRow(activity_id=row.id, number=1, reason="generated", markdown="Tea.")
            for row in activities
        ]
        await self._added("revision_id", texts, into)
        documents = [
            DocumentRow(
                organization_id=row.organization_id,
                project_id=row.id,
                uploaded_by=row.owner_id,
                filename=f"{row.name}.md",
                file_path="nowhere/hours.md",
                file_type="md",
                status="indexed",
                chunk_count=1,
                content_hash=f"{row.id:064d}",
            )
            for row in projects
        ]
        await self._added("document_id", documents, into)
        passages = [
            DocumentChunkRow(
                document_id=row.id, ordinal=0, start_char=0, end_char=9, text=f"Tea {row.filename}"
            )
            for row in documents
        ]
        await self._added("chunk_id", passages, into)

    async def _publishing(
        self,
        projects: Sequence[ProjectRow],
        activities: Sequence[ActivityRow],
        into: list[Objects],
    ) -> None:
        targets = [
            PublishingTargetRow(
                organization_id=row.organization_id,
                project_id=row.id,
                name=row.name,
                kind="webhook",
                address=f"https://hooks.example.com/{row.id}",
                public_only=True,
            )
            for row in projects
        ]
        await self._added("target_id", targets, into)
        later = dt.datetime.now(dt.UTC) + dt.timedelta(days=9)
        publications = [
            PublicationRow(
                activity_id=activity.id,
                target_id=target.id,
                slug="tea",
                publish_at=later,
                due_at=later,
                requested_by=activity.owner_id,
            )
            for activity, target in zip(activities, targets, strict=True)
        ]
        await self._added("publication_id", publications, into)

    async def _rest(self) -> None:
        keys = [
            AgentApiKeyRow(
                organization_id=each["organization_id"],
                name=tag,
                key_hash=str(each["token"]),
                key_prefix="agnt_",
            )
            for each, tag in zip(self.objects, self._tags, strict=True)
        ]
        await self._added("key_id", keys, self.objects)
        notices = [
            NotificationRow(
                user_id=each["person_id"],
                organization_id=each["organization_id"],
                type="team_invite",
                title="Hello",
                message=tag,
            )
            for each, tag in zip(self.objects, self._tags, strict=True)
        ]
        await self._added("notification_id", notices, self.objects)


async def make_worlds(parts: Parts, roles: Sequence[str]) -> list[World]:
    """A world for each of these roles, in this order."""
    async with parts.database.unit_of_work() as work:
        worlds = await _Making(work, roles).all(parts)
        await work.commit()
    return worlds
