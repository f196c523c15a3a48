"""Routers of pages: what is refused is said on a page, too."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from marketer_desktop.api.failures import status_of
from marketer_desktop.api.pages.rendering import message, said

NOT_FOUND = "There is no such page. Copy the whole address from the mail, or ask for a new link."

TITLES = {404: "This link does not work", 503: "Not just now"}
OTHERWISE = "This did not work"


class PageRoute(APIRoute):
    """Answers refusals with a page; what nobody foresaw goes on to the log."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The endpoint, with its refusals."""
        answer = super().get_route_handler()

        async def answered(request: Request) -> Response:
            try:
                return await answer(request)
            except RequestValidationError:
                return message(request, TITLES[404], NOT_FOUND, 404)
            except Exception as error:
                status = status_of(error)
                if status >= 500 and status != 503:
                    raise
                return message(request, TITLES.get(status, OTHERWISE), said(error), status)

        return answered


def page_router(prefix: str = "") -> APIRouter:
    """A router whose routes are pages; they are no part of the API's description."""
    return APIRouter(prefix=prefix, route_class=PageRoute, include_in_schema=False)
