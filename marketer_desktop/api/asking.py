"""Who asks: what endpoints depend on to know the person, and the member of an organization."""

from typing import Annotated, TypeVar

from fastapi import Depends, Header, Request
from pydantic import BaseModel

from marketer_desktop.observability.request_context import note_in_context
from marketer_desktop.services.access import INVALID, Person, person_of
from marketer_desktop.services.call import Call
from marketer_desktop.services.carry_out import carry_out
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Unauthorized
from marketer_desktop.storage.repositories.workspaces import Member

Result = TypeVar("Result", bound=BaseModel)


class Asking:
    """The engine's parts, for calls in the name of whoever asks."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    @property
    def member(self) -> Member:
        """Who asks, where an organization is asked in."""
        member = self.parts.database.member
        assert member is not None
        return member

    async def call(self, call: Call[Result]) -> Result:
        """Carry the call out, if it is allowed."""
        return await carry_out(call, self.parts, lambda event: None)


def nobody_in_particular(request: Request) -> Asking:
    """Anybody, signed in or not."""
    return Asking(request.app.state.parts)


async def person(request: Request, authorization: Annotated[str | None, Header()] = None) -> Person:
    """Who is signed in. Raises `Unauthorized`."""
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthorized(INVALID)
    found = await person_of(request.app.state.parts, token)
    note_in_context(user_id=found.user_id)
    return found


def as_member(
    request: Request,
    who: Annotated[Person, Depends(person)],
    x_organization: Annotated[str | None, Header()] = None,
) -> Asking:
    """The person as a member of the organization named by its slug, else of their own."""
    member = who.member(x_organization)
    note_in_context(org_id=member.organization_id)
    parts: Parts = request.app.state.parts
    return Asking(parts.acting_as(member))


Anybody = Annotated[Asking, Depends(nobody_in_particular)]
SignedIn = Annotated[Person, Depends(person)]
AsMember = Annotated[Asking, Depends(as_member)]
