"""Every refusal and failure as its status and body (specification, section 8.8)."""

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from marketer_desktop.api.envelope import Failure, Problem
from marketer_desktop.llm.choice import UnknownModel
from marketer_desktop.llm.errors import ModelError
from marketer_desktop.observability.logs import log
from marketer_desktop.observability.request_context import request_context
from marketer_desktop.services.call import ServiceError, WrongUse, plain_message
from marketer_desktop.services.refusals import (
    Conflict,
    CursorExpired,
    InvalidGrant,
    NotFound,
    PayloadTooLarge,
    PermissionDenied,
    PlanExceeded,
    QuotaExceeded,
    Unauthorized,
    Unavailable,
    Unfit,
    UnsupportedMediaType,
)
from marketer_desktop.storage.full_disk import DiskIsFull
from marketer_desktop.storage.outage import DatabaseOutage
from marketer_desktop.storage.repositories.missing import MissingRow

CODES = {
    400: "VALIDATION_ERROR",
    401: "UNAUTHORIZED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    409: "CONFLICT",
    413: "PAYLOAD_TOO_LARGE",
    415: "UNSUPPORTED_MEDIA_TYPE",
    429: "RATE_LIMIT_EXCEEDED",
    500: "INTERNAL_ERROR",
    503: "SERVICE_UNAVAILABLE",
}
# The first that fits counts.
STATUSES: tuple[tuple[type[Exception], int], ...] = (
    (Unauthorized, 401),
    (PermissionDenied, 403),
    (NotFound, 404),
    (MissingRow, 404),
    (Conflict, 409),
    (Unfit, 409),
    (PayloadTooLarge, 413),
    (UnsupportedMediaType, 415),
    (QuotaExceeded, 429),
    (WrongUse, 400),
    (UnknownModel, 400),
    (DatabaseOutage, 503),
    (DiskIsFull, 503),
    (Unavailable, 503),
    (ModelError, 503),
    (ServiceError, 409),
)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
INVALID = "Invalid request parameters"
MISSING = "This field is required"


def answer_failures(app: FastAPI) -> None:
    """Have the app answer all that it raises in the envelope."""
    for kind, status in STATUSES:
        app.add_exception_handler(kind, _answering(status))
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(ValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused_by_the_framework)


def status_of(error: Exception) -> int:
    """The status that a refusal is answered with; of what nobody foresaw it is 500."""
    if isinstance(error, RequestValidationError | ValidationError):
        return 400
    return next((status for kind, status in STATUSES if isinstance(error, kind)), 500)


def failed(status: int, message: str, **more: Any) -> JSONResponse:
    """The answer with this status; `more` are further fields of the error."""
    problem = Problem(code=CODES.get(status, "ERROR"), message=message, **more)
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    if problem.retry_after is not None:
        headers["Retry-After"] = str(problem.retry_after)
    return JSONResponse(Failure(error=problem).body(), status, headers)


def internal_error(error: Exception) -> JSONResponse:
    """What nobody foresaw; the log has it under the request's id."""
    log.error("a request failed", exc_info=error)
    return failed(
        500, "An unexpected error occurred", request_id=request_context.get()["request_id"]
    )


def _answering(status: int) -> Any:
    async def answer(request: Request, error: Exception) -> JSONResponse:
        more: dict[str, Any] = {}
        if isinstance(error, InvalidGrant):
            more["details"] = {"grant": ["invalid_grant"]}  # RFC 6749, section 5.2
        if isinstance(error, CursorExpired):
            more["details"] = {"cursor": ["cursor_expired"]}
        if isinstance(error, PlanExceeded):
            more["details"] = {"plan": ["limit_reached"]}
        if isinstance(error, PermissionDenied):
            more["required_permission"] = error.permission
        if isinstance(error, QuotaExceeded):
            more["retry_after"] = error.retry_after
        return failed(status, plain_message(error), **more)

    return answer


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError | ValidationError)
    details: dict[str, list[str]] = {}
    for problem in error.errors():
        said = problem["msg"].removeprefix("Value error, ")
        message = MISSING if problem["type"] == "missing" else said
        details.setdefault(_field(problem["loc"]), []).append(message)
    return failed(400, INVALID, details=details)


def _field(place: Sequence[Any]) -> str:
    """`topic` for ("body", "topic"); a request without a place of its own is all wrong."""
    inside = [str(each) for each in place if each not in ("body", "query", "path", "header")]
    return ".".join(inside) or "request"


async def _refused_by_the_framework(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    status = error.status_code if error.status_code in CODES else 400
    answer = failed(status, str(error.detail))
    if status == 405:
        answer.headers["Allow"] = ", ".join(_allowed(request))
    return answer


def _allowed(request: Request) -> list[str]:
    """The methods that the path of a request has."""
    scopes = {each: {**request.scope, "method": each} for each in METHODS}
    return [
        each
        for each, scope in scopes.items()
        if any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)
    ]
