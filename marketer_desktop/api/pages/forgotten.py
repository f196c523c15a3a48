"""The page where a person who forgot the password asks for a mail with a link."""

from typing import Annotated

from fastapi import BackgroundTasks, Form, Request, Response
from pydantic import BaseModel

from marketer_desktop.api.asking import Anybody
from marketer_desktop.api.pages.forms import form, tried
from marketer_desktop.api.pages.rendering import message, said
from marketer_desktop.api.pages.router import page_router
from marketer_desktop.services.refusals import Conflict
from marketer_desktop.services.reset_password import (
    ForgetPassword,
    LetterSent,
    refuse_without_mail,
)

TITLE = "Forgotten password"
NEXT = (
    "{} It comes within a few minutes; look among the unwanted mails, too. Its link works for an "
    "hour. Then sign in again in Marketer Desktop. You can close this page."
)

router = page_router("/password")


class Filled(BaseModel):
    """The form as it was sent."""

    email: str = ""
    forgery: str = ""


@router.get("")
async def show_form(request: Request, who: Anybody) -> Response:
    """The form, or whom to ask where no mails are sent."""
    try:
        refuse_without_mail(who.parts)
    except Conflict as nowhere:
        return message(request, TITLE, said(nowhere))
    return _form(request, request.query_params.get("login_hint", "")[:255])


@router.post("")
async def ask_for_mail(
    request: Request,
    filled: Annotated[Filled, Form()],
    who: Anybody,
    afterwards: BackgroundTasks,
) -> Response:
    """The same answer whether there is such an account, and in the same time."""

    async def ask() -> None:
        refuse_without_mail(who.parts)
        afterwards.add_task(who.call, ForgetPassword(email=filled.email))

    problem = await tried(request, filled.forgery, ask)
    if problem is not None:
        return _form(request, filled.email, problem)
    return message(request, TITLE, NEXT.format(LetterSent().message))


def _form(request: Request, email: str, problem: Exception | None = None) -> Response:
    return form(request, TITLE, "forgotten", problem, {"email": email})
