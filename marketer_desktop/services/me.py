"""Whoever is signed in: the account, and the organizations it belongs to."""

from pydantic import BaseModel

from marketer_desktop.services.access import Person


class Belonging(BaseModel):
    """An organization, and the role in it."""

    id: int
    name: str
    slug: str
    role: str


class Me(BaseModel):
    """An account; `role` is the role on the installation."""

    id: int
    email: str
    role: str
    organizations: list[Belonging]


def me(person: Person) -> Me:
    """The account of this person, the oldest organization first."""
    return Me(
        id=person.user_id,
        email=person.email,
        role=person.role,
        organizations=[
            Belonging(
                id=each.member.organization_id,
                name=each.name,
                slug=each.slug,
                role=each.member.role,
            )
            for each in person.memberships
        ],
    )
