"""Where the links of mails lead: accept an invitation, set another password."""

from typing import Annotated

from fastapi import Form, Request, Response
from pydantic import BaseModel

from marketer_desktop.api.asking import Anybody, Asking
from marketer_desktop.api.pages.forms import form, tried
from marketer_desktop.api.pages.rendering import message, page
from marketer_desktop.api.pages.router import TITLES, page_router
from marketer_desktop.api.parameters import LinkToken
from marketer_desktop.services.accept_invitation import (
    AcceptInvitation,
    OpenInvitation,
    ShowInvitation,
)
from marketer_desktop.services.refusals import Conflict, NotFound, Unauthorized
from marketer_desktop.services.reset_password import (
    OpenPasswordLink,
    ResetPassword,
    ShowPasswordLink,
)

INVITED, FORGOTTEN = "Accept the invitation", "Set another password"
DIFFERENT = "The two passwords are not the same. Type them again."
WRONG = "The password is wrong."
ELSEWHERE = (
    "There is an account for {} that has no password here: it signs in elsewhere. Sign in with it "
    "in Marketer, and accept the invitation there."
)

router = page_router()


class Filled(BaseModel):
    """A form as it was sent."""

    name: str = ""
    password: str = ""
    repeated: str = ""
    forgery: str = ""


Sent = Annotated[Filled, Form()]


@router.get("/invitations/{token}")
async def show_invitation(token: LinkToken, request: Request, who: Anybody) -> Response:
    """Who is invited to what, and a form to accept it; looking at it changes nothing."""
    return _invitation(request, await who.call(ShowInvitation(token=token)))


@router.post("/invitations/{token}")
async def accept_invitation(
    token: LinkToken, request: Request, filled: Sent, who: Anybody
) -> Response:
    """Become a member, with the password of the account or of the new one."""
    invitation = await who.call(ShowInvitation(token=token))

    async def accept() -> None:
        if not invitation.has_account:
            _refuse_different(filled)
        name = filled.name.strip() or None
        try:
            await who.call(AcceptInvitation(token=token, name=name, password=filled.password))
        except Unauthorized as error:
            raise Unauthorized(WRONG) from error

    problem = await tried(request, filled.forgery, accept)
    if problem is not None:
        return _invitation(request, invitation, filled.name, problem)
    return message(
        request,
        f"Welcome to {invitation.organization}",
        f"You are a member now. Sign in to {_server(who)} with {invitation.email} in Marketer "
        "Desktop. You can close this page.",
    )


@router.get("/password/{token}")
async def show_password_form(token: LinkToken, request: Request, who: Anybody) -> Response:
    """A form for another password."""
    try:
        return _password(request, await who.call(ShowPasswordLink(token=token)))
    except NotFound as worn:
        return _worn(request, worn)


@router.post("/password/{token}")
async def set_password(token: LinkToken, request: Request, filled: Sent, who: Anybody) -> Response:
    """Set it; every session of the account ends."""
    try:
        link = await who.call(ShowPasswordLink(token=token))
    except NotFound as worn:
        return _worn(request, worn)

    async def reset() -> None:
        _refuse_different(filled)
        await who.call(ResetPassword(token=token, password=filled.password))

    problem = await tried(request, filled.forgery, reset)
    if problem is not None:
        return _password(request, link, problem)
    return message(
        request,
        "The password is set",
        f"Sign in to {_server(who)} with {link.email} and the new password. You can close this "
        "page.",
    )


def _refuse_different(filled: Filled) -> None:
    if filled.password != filled.repeated:
        raise Conflict(DIFFERENT)


def _server(who: Asking) -> str:
    return who.parts.settings.public_url.rstrip("/")


def _invitation(
    request: Request, told: OpenInvitation, name: str = "", problem: Exception | None = None
) -> Response:
    if told.signs_in_elsewhere:
        return message(request, INVITED, ELSEWHERE.format(told.email), 409)
    values = {"organization": told.organization, "role": told.role, "email": told.email}
    if not told.has_account:
        values["name"] = name
    template = "invitation_known" if told.has_account else "invitation_new"
    return form(request, INVITED, template, problem, values)


def _password(
    request: Request, told: OpenPasswordLink, problem: Exception | None = None
) -> Response:
    return form(request, FORGOTTEN, "password", problem, {"email": told.email})


def _worn(request: Request, problem: NotFound) -> Response:
    return page(request, TITLES[404], "worn_link", problem=problem)
