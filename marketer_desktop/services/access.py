"""Who is asking: the bearer of a token, and what they are in the organization they name."""

from dataclasses import dataclass

from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import NotFound, Unauthorized
from marketer_desktop.storage.repositories.accounts import Membership
from marketer_desktop.storage.repositories.workspaces import CURRENT, Member
from marketer_desktop.system.secret_files import secret_of
from marketer_desktop.system.tokens import BadToken, user_of

INVALID = "Invalid or expired authentication token"


@dataclass(frozen=True)
class Person:
    """Who is signed in, with the organizations they belong to, the oldest first."""

    user_id: int
    email: str
    role: str
    current_organization_id: int | None
    memberships: list[Membership]

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


def signing_secret(parts: Parts) -> bytes:
    """What the tokens of this installation are signed with."""
    named = parts.settings.token_secret
    return named.encode() if named else secret_of(parts.data_dir, "tokens")


async def person_of(parts: Parts, token: str) -> Person:
    """Whose access token this is. Raises `Unauthorized`."""
    try:
        user_id = user_of(token, signing_secret(parts))
    except BadToken as error:
        raise Unauthorized(INVALID) from error
    async with parts.database.unit_of_work() as work:
        user, memberships = await work.accounts.with_memberships(user_id)
    if user is None:
        raise Unauthorized(INVALID)
    current = user.preferences.get(CURRENT)
    return Person(user.id, user.email, user.role, current, memberships)
