"""Who asks: what endpoints depend on to know the person, and the member of an organization."""

from typing import Annotated, TypeVar

from fastapi import Depends, Header, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel

from marketer_desktop.api.hardening import LocalAccess
from marketer_desktop.api.parameters import Id
from marketer_desktop.observability.request_context import note_in_context
from marketer_desktop.services.access import INVALID, Person, person_of
from marketer_desktop.services.call import Call
from marketer_desktop.services.carry_out import carry_out
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import NotFound, Unauthorized
from marketer_desktop.services.this_computer import person_at_this_computer
from marketer_desktop.storage.repositories.workspaces import Member

Result = TypeVar("Result", bound=BaseModel)


class Asking:
    """The engine's parts, for calls in the name of whoever asks."""

    def __init__(self, parts: Parts, person: Person | None = None) -> None:
        self.parts, self._person = parts, person

    @property
    def person(self) -> Person:
        """Who asks, if they are signed in."""
        assert self._person is not None
        return self._person

    @property
    def member(self) -> Member:
        """Who asks, where an organization is asked in."""
        member = self.parts.database.member
        assert member is not None
        return member

    async def call(self, call: Call[Result]) -> Result:
        """Carry the call out, if it is allowed."""
        return await carry_out(call, self.parts, lambda event: None)


async def nobody_in_particular(request: Request) -> Asking:
    """Anybody, signed in or not."""
    return Asking(request.app.state.parts)


Credentials = Annotated[
    HTTPAuthorizationCredentials | None,
    Depends(HTTPBearer(auto_error=False, description="An access token, or one of Clerk's")),
]


async def person(request: Request, credentials: Credentials) -> Person:
    """Who is signed in. Raises `Unauthorized`."""
    if credentials is None or not credentials.credentials:
        raise Unauthorized(INVALID)
    found = await _bearer(request, credentials.credentials)
    note_in_context(user_id=found.user_id)
    request.app.state.user_limit.count(found.user_id)
    return found


async def _bearer(request: Request, token: str) -> Person:
    """Whose token it is; what opens the API of a desktop is the person's at this computer."""
    parts: Parts = request.app.state.parts
    local: LocalAccess | None = request.app.state.local
    if local is not None and local.opens(token):
        return await person_at_this_computer(parts)
    return await person_of(parts, token)


async def as_member(
    request: Request,
    who: Annotated[Person, Depends(person)],
    x_organization: Annotated[str | None, Header()] = None,
) -> Asking:
    """The person as a member of the organization named by its slug, else of their own."""
    member = who.member(x_organization)
    note_in_context(org_id=member.organization_id)
    parts: Parts = request.app.state.parts
    return Asking(parts.acting_as(member), who)


async def as_person(request: Request, who: Annotated[Person, Depends(person)]) -> Asking:
    """The person in no organization, for what is theirs alone."""
    parts: Parts = request.app.state.parts
    return Asking(parts.acting_as(who.nowhere), who)


async def in_organization(
    request: Request, who: Annotated[Person, Depends(person)], organization_id: Id
) -> Asking:
    """The person as a member of the organization that the path names by its number."""
    member = who.member_of(organization_id)
    if member is None:
        raise NotFound("There is no such organization.")
    note_in_context(org_id=organization_id)
    parts: Parts = request.app.state.parts
    return Asking(parts.acting_as(member), who)


async def visiting_organization(
    request: Request, who: Annotated[Person, Depends(person)], organization_id: Id
) -> Asking:
    """As in the organization of the path; an administrator may look at any, being in none."""
    if who.administers and who.member_of(organization_id) is None:
        return await as_person(request, who)
    return await in_organization(request, who, organization_id)


Anybody = Annotated[Asking, Depends(nobody_in_particular)]
SignedIn = Annotated[Person, Depends(person)]
AsMember = Annotated[Asking, Depends(as_member)]
AsPerson = Annotated[Asking, Depends(as_person)]
InOrganization = Annotated[Asking, Depends(in_organization)]
VisitingOrganization = Annotated[Asking, Depends(visiting_organization)]
