"""Forgotten passwords."""

from fastapi import BackgroundTasks
from pydantic import StrictBool

from marketer_desktop.api.asking import Anybody, AsPerson
from marketer_desktop.api.limits import LimitedByAddress
from marketer_desktop.api.parameters import LinkToken
from marketer_desktop.api.router import EnvelopeRouter
from marketer_desktop.services.change_password import NewPassword
from marketer_desktop.services.log_in import LoggedIn
from marketer_desktop.services.reset_password import (
    ForgetPassword,
    LetterSent,
    MakePasswordLink,
    PasswordLink,
    ResetPassword,
    refuse_without_mail,
)
from marketer_desktop.services.storable import Storable

router = EnvelopeRouter(prefix="/api/password", tags=["auth"])


class AnotherPassword(Storable):
    """The password that it shall be."""

    password: NewPassword
    remember: StrictBool = False


@router.post("/forgotten", status_code=202, dependencies=[LimitedByAddress])
async def forget_password(
    asked: ForgetPassword, who: Anybody, afterwards: BackgroundTasks
) -> LetterSent:
    """A mail with a link, if there is such an account: how long it takes does not tell."""
    refuse_without_mail(who.parts)
    afterwards.add_task(who.call, asked)
    return LetterSent()


@router.post("/link", status_code=201)
async def make_password_link(asked: MakePasswordLink, who: AsPerson) -> PasswordLink:
    """A link to hand over, made by an administrator of the installation."""
    return await who.call(asked)


@router.post("/{token}")
async def reset_password(token: LinkToken, asked: AnotherPassword, who: Anybody) -> LoggedIn:
    """Set another password by a link."""
    return await who.call(ResetPassword(token=token, **asked.model_dump()))
