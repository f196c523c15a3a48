"""Pages made of the templates in `resources/pages`: no script, and nothing from elsewhere."""

from functools import cache
from html import escape
from string import Template

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import HTMLResponse

from marketer_desktop.api.failures import status_of
from marketer_desktop.services.call import plain_message
from marketer_desktop.services.change_password import SHORTEST
from marketer_desktop.services.refusals import QuotaExceeded
from marketer_desktop.system.places import packaged

FOLDER = packaged("resources") / "pages"
POLICY = (
    "default-src 'none'; style-src 'self'; form-action 'self'{}; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Cache-Control": "no-store",
    # Forms tell this server where they come from; nobody else gets to know the address of a page.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
UNSUITABLE = f"Use a password of {SHORTEST} to 1,024 characters."


def page(
    request: Request,
    title: str,
    template: str,
    *,
    problem: Exception | None = None,
    leads_to: str = "",
    **values: str,
) -> HTMLResponse:
    """A page of this template; `values` are plain text.

    `problem` is what the last attempt failed with, and gives the status. The form may lead to the
    origin `leads_to`, besides this server.
    """
    told = _filled("problem", text=said(problem)) if problem is not None else ""
    plain = {name: escape(value) for name, value in values.items()}
    root = escape(request.scope.get("root_path", ""))
    body = _template(template).substitute(plain, problem=told, root=root, shortest=SHORTEST)
    whole = _template("layout").substitute(title=escape(title), root=root, body=body)
    headers = {**HEADERS, "Content-Security-Policy": POLICY.format(leads_to and f" {leads_to}")}
    if isinstance(problem, QuotaExceeded):
        headers["Retry-After"] = str(problem.retry_after)
    return HTMLResponse(whole, status_of(problem) if problem is not None else 200, headers)


def message(request: Request, title: str, text: str, status: int = 200) -> HTMLResponse:
    """A page that only says something."""
    told = page(request, title, "message", text=text)
    told.status_code = status
    return told


def said(problem: Exception) -> str:
    """What a person is told of it."""
    if isinstance(problem, ValidationError):
        return " ".join(_of_field(each["loc"], each["msg"]) for each in problem.errors())
    return plain_message(problem)


def _of_field(place: tuple[int | str, ...], told: str) -> str:
    field = str(place[-1]) if place else ""
    return UNSUITABLE if field == "password" else f"{field.capitalize()}: {told}."


def _filled(template: str, **values: str) -> str:
    return _template(template).substitute({name: escape(each) for name, each in values.items()})


@cache
def _template(name: str) -> Template:
    return Template((FOLDER / f"{name}.html").read_text("utf-8"))
