"""Routers whose endpoints return plain results, answered and described in the envelope."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, get_type_hints

from fastapi import APIRouter

from marketer_desktop.api.envelope import Envelope, Failure

REFUSALS = (400, 401, 403, 404, 409, 429, 500, 503)
DESCRIPTIONS = {
    400: "The request is malformed",
    401: "No token, or one that is wrong, expired or revoked",
    403: "The role does not allow it",
    404: "It is not there, or belongs to another organization",
    409: "It cannot be done as things stand now",
    413: "More than is taken at once",
    415: "By its content it is none of the kinds that can be read",
    429: "A quota or a rate limit is used up",
    500: "An unexpected error",
    503: "The database does not answer, or the disk is full",
}


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """How refusals are described in OpenAPI."""
    return {each: {"model": Failure, "description": DESCRIPTIONS[each]} for each in statuses}


class EnvelopeRouter(APIRouter):
    """Wraps what endpoints return: their return annotation is the type of `data`."""

    def add_api_route(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        """Add an endpoint, a coroutine function."""
        result = get_type_hints(endpoint, include_extras=True)["return"]

        @wraps(endpoint)
        async def enveloped(*args: Any, **kwargs: Any) -> Any:
            return Envelope(data=await endpoint(*args, **kwargs))

        assert inspect.iscoroutinefunction(endpoint)
        options["response_model"] = Envelope[result]  # type: ignore[valid-type]
        options["responses"] = refusals(*REFUSALS) | (options.get("responses") or {})
        super().add_api_route(path, enveloped, **options)
