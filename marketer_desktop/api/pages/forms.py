"""A form on a page, and what came of sending it."""

from collections.abc import Awaitable, Callable

from fastapi import Request, Response
from pydantic import ValidationError

from marketer_desktop.api.limits import limited_by_address
from marketer_desktop.api.pages.forgery import form_token, keep_form_token, refuse_forged
from marketer_desktop.api.pages.rendering import page
from marketer_desktop.services.call import ServiceError


def form(
    request: Request, title: str, template: str, problem: Exception | None, values: dict[str, str]
) -> Response:
    """A page with a form that leads to itself; `problem` is what the last attempt failed with."""
    token = form_token(request)
    shown = page(request, title, template, problem=problem, forgery=token, **values)
    keep_form_token(request, shown, token)
    return shown


async def tried(
    request: Request, forgery: str, work: Callable[[], Awaitable[None]]
) -> Exception | None:
    """What kept a form from being carried out; `forgery` is what its hidden field said."""
    try:
        refuse_forged(request, forgery)
        await limited_by_address(request)
        await work()
    except (ServiceError, ValidationError) as problem:
        return problem
    return None
