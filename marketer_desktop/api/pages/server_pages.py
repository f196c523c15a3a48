"""All pages of a team server, and their style sheet."""

from fastapi import FastAPI
from starlette.responses import FileResponse

from marketer_desktop.api.pages import billing, forgotten, links, sign_in
from marketer_desktop.api.pages.rendering import FOLDER
from marketer_desktop.api.pages.router import page_router

STYLE = page_router()


@STYLE.get("/pages/page.css")
async def style_sheet() -> FileResponse:
    """How pages look, by day and by night."""
    return FileResponse(FOLDER / "page.css", headers={"Cache-Control": "max-age=3600"})


def add_pages(app: FastAPI) -> None:
    """Serve the pages; they change things by forms, which the API of one desktop does not take."""
    for router in (billing.router, forgotten.router, links.router, sign_in.router, STYLE):
        app.include_router(router)
