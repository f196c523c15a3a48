"""The page where a person signs in for a desktop that sent them here, and is sent back."""

from typing import Annotated
from urllib.parse import quote, urlencode, urlsplit

from fastapi import Form, Request, Response
from pydantic import BaseModel, StringConstraints, TypeAdapter, ValidationError
from starlette.responses import RedirectResponse

from marketer_desktop.api.asking import Anybody
from marketer_desktop.api.limits import limited_by_address
from marketer_desktop.api.pages.forgery import form_token, keep_form_token, refuse_forged
from marketer_desktop.api.pages.rendering import HEADERS, message, page
from marketer_desktop.api.pages.router import page_router
from marketer_desktop.services.browser_sign_in import Challenge, GrantCode, LoopbackUri
from marketer_desktop.services.call import ServiceError

TITLE = "Sign in"
CLIENT = "marketer-desktop"
LOOPBACK = TypeAdapter(LoopbackUri)
NOT_ASKED = (
    "This page is opened by Marketer Desktop. Choose “Sign in” there. Nothing was sent anywhere."
)
MEANING = {
    "response_type": "response_type must be code",
    "state": "state must be 1 to 512 printable ASCII characters",
    "code_challenge": "code_challenge must be 43 characters of base64url",
    "code_challenge_method": "code_challenge_method must be S256",
}

router = page_router("/sign-in")


class Wanted(BaseModel):
    """What a desktop asks for (RFC 6749, 4.1.1 and RFC 7636, 4.3), its address aside."""

    response_type: Annotated[str, StringConstraints(pattern=r"^code$")]
    state: Annotated[str, StringConstraints(pattern=r"^[\x20-\x7e]{1,512}$")]
    code_challenge: Challenge
    code_challenge_method: Annotated[str, StringConstraints(pattern=r"^S256$")]


class Filled(BaseModel):
    """The form as it was sent."""

    email: str = ""
    password: str = ""
    answer: str = ""
    forgery: str = ""


@router.get("")
async def show_form(request: Request) -> Response:
    """The form, unless what is asked for makes no sense."""
    address = _address(request)
    if address is None:
        return message(request, TITLE, NOT_ASKED, 400)
    wanted = _wanted(request, address)
    if isinstance(wanted, Response):
        return wanted
    return _form(request, address, request.query_params.get("login_hint", "")[:255])


@router.post("")
async def sign_in(request: Request, filled: Annotated[Filled, Form()], who: Anybody) -> Response:
    """Send the browser back to the desktop, with a code for the right password."""
    address = _address(request)
    if address is None:
        return message(request, TITLE, NOT_ASKED, 400)
    wanted = _wanted(request, address)
    if isinstance(wanted, Response):
        return wanted
    try:
        refuse_forged(request, filled.forgery)
        if filled.answer == "cancel":
            return _back(address, wanted.state, error="access_denied")
        await limited_by_address(request)
        granted = await who.call(
            GrantCode(
                email=filled.email,
                password=filled.password,
                code_challenge=wanted.code_challenge,
                redirect_uri=address,
            )
        )
    except (ServiceError, ValidationError) as problem:
        return _form(request, address, filled.email, problem)
    return _back(address, wanted.state, code=granted.code)


def _address(request: Request) -> str | None:
    """Where the desktop that asks listens; None is for a request that nobody may be sent back."""
    clients, addresses = (request.query_params.getlist(n) for n in ("client_id", "redirect_uri"))
    if clients != [CLIENT] or len(addresses) != 1:
        return None
    try:
        return LOOPBACK.validate_python(addresses[0])
    except ValidationError:
        return None


def _wanted(request: Request, address: str) -> Wanted | Response:
    """What is asked for, or the way back with what is wrong (RFC 6749, 4.1.2.1)."""
    given = request.query_params
    twice = [name for name in Wanted.model_fields if len(given.getlist(name)) > 1]
    try:
        if not twice:
            return Wanted.model_validate(dict(given))
        wrong = twice[0]
    except ValidationError as error:
        wrong = str(error.errors()[0]["loc"][0])
    kind = given.get("response_type", "")
    other = wrong == "response_type" and kind and not twice
    state = given.get("state", "") if wrong != "state" else ""
    return _back(
        address,
        state,
        error="unsupported_response_type" if other else "invalid_request",
        error_description=MEANING[wrong],
    )


def _form(request: Request, address: str, email: str, problem: Exception | None = None) -> Response:
    token, place = form_token(request), urlsplit(address)
    shown = page(
        request,
        TITLE,
        "sign_in",
        problem=problem,
        # Browsers hold the way back to what a form may lead to, too.
        leads_to=f"{place.scheme}://{place.netloc}",
        server=request.url.netloc,
        email=email,
        hint=quote(email, safe=""),
        forgery=token,
    )
    keep_form_token(request, shown, token)
    return shown


def _back(address: str, state: str, **told: str) -> Response:
    told |= {"state": state} if state else {}
    # 303: the browser must not send the password there.
    return RedirectResponse(f"{address}?{urlencode(told)}", 303, HEADERS)
