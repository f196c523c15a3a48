"""Invitations, for whoever has the link."""

from typing import Annotated

from fastapi import Header, Request
from fastapi.security import HTTPBearer
from pydantic import Field, StrictBool

from marketer_desktop.api.asking import Anybody, person
from marketer_desktop.api.limits import LimitedByAddress
from marketer_desktop.api.parameters import LinkToken
from marketer_desktop.api.router import EnvelopeRouter
from marketer_desktop.services.accept_invitation import (
    AcceptInvitation,
    OpenInvitation,
    ShowInvitation,
)
from marketer_desktop.services.change_password import NewPassword
from marketer_desktop.services.log_in import LoggedIn
from marketer_desktop.services.storable import Storable

router = EnvelopeRouter(prefix="/api/invitations", tags=["members"])


class Accepting(Storable):
    """The password of the account; a new account gets this one, and the name."""

    name: str | None = Field(default=None, max_length=255)
    password: NewPassword | None = None
    remember: StrictBool = False


@router.get("/{token}")
async def show_invitation(token: LinkToken, who: Anybody) -> OpenInvitation:
    """Who is invited to what."""
    return await who.call(ShowInvitation(token=token))


@router.post("/{token}/accept", dependencies=[LimitedByAddress])
async def accept_invitation(
    token: LinkToken,
    who: Anybody,
    request: Request,
    asked: Accepting | None = None,
    authorization: Annotated[str | None, Header(description="Of who is signed in")] = None,
) -> LoggedIn:
    """Become a member: as who is signed in, or with a password."""
    user_id = None
    if authorization:
        signed_in = await person(request, await HTTPBearer(auto_error=False)(request))
        user_id = signed_in.user_id
    given = (asked or Accepting()).model_dump()
    return await who.call(AcceptInvitation(token=token, user_id=user_id, **given))
