"""Who is asking: the bearer of a token, and what they are in the organization they name."""

from dataclasses import dataclass
from uuid import UUID

from marketer_desktop.domain.permissions import Role
from marketer_desktop.services.clerk_accounts import clerk_issuer, clerk_user
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import NotFound, Unauthorized
from marketer_desktop.storage.repositories.accounts import Membership
from marketer_desktop.storage.repositories.workspaces import CURRENT, NOWHERE, Member
from marketer_desktop.system.clerk import is_signed_as_by_clerk
from marketer_desktop.system.secret_files import secret_of
from marketer_desktop.system.tokens import BadToken, Bearer, bearer_of

INVALID = "Invalid or expired authentication token"


@dataclass(frozen=True)
class Person:
    """Who is signed in, with the organizations they belong to, the oldest first."""

    user_id: int
    email: str
    role: str
    current_organization_id: int | None
    memberships: list[Membership]
    session: UUID | None = None  # that the token belongs to

    def member(self, slug: str | None) -> Member:
        """What they are in the organization of this slug, else in their current or only one.

        Raises `NotFound` also for an organization that is not theirs.
        """
        for each in self.memberships:
            if each.slug == slug:
                return each.member
        if slug is not None or not self.memberships:
            raise NotFound("There is no such organization. Name one of yours in X-Organization.")
        current = [
            each.member
            for each in self.memberships
            if each.member.organization_id == self.current_organization_id
        ]
        return (current or [self.memberships[0].member])[0]

    def member_of(self, organization_id: int) -> Member | None:
        """What they are in the organization of this number, if they belong to it."""
        for each in self.memberships:
            if each.member.organization_id == organization_id:
                return each.member
        return None

    @property
    def administers(self) -> bool:
        """Whether they administer the installation."""
        return self.role == "admin"

    @property
    def nowhere(self) -> Member:
        """Them in no organization: nothing that belongs to one is seen."""
        return Member(self.user_id, NOWHERE, Role.VIEWER, self.administers)


def signing_secret(parts: Parts) -> bytes:
    """What the tokens of this installation are signed with."""
    named = parts.settings.token_secret
    return named.encode() if named else secret_of(parts.data_dir, "tokens")


async def person_of(parts: Parts, token: str) -> Person:
    """Whose access token this is. Raises `Unauthorized`."""
    bearer = await _bearer(parts, token)
    async with parts.database.autocommit() as work:
        user, memberships = await work.accounts.with_memberships(bearer.user_id, bearer.session)
    if user is None:
        raise Unauthorized(INVALID)
    current = user.preferences.get(CURRENT)
    return Person(user.id, user.email, user.role, current, memberships, bearer.session)


async def _bearer(parts: Parts, token: str) -> Bearer:
    by = clerk_issuer(parts.settings)
    if by is not None and is_signed_as_by_clerk(token):
        return Bearer(await clerk_user(parts, token, by), None)
    try:
        return bearer_of(token, signing_secret(parts))
    except BadToken as error:
        raise Unauthorized(INVALID) from error
