"""Where a desktop sends people who want another plan, or to pay."""

from fastapi import Request, Response
from starlette.responses import RedirectResponse

from marketer_desktop.api.asking import Anybody
from marketer_desktop.api.pages.rendering import HEADERS, message
from marketer_desktop.api.pages.router import page_router

TITLE = "Plans and payment"
ASK = (
    "Plans are arranged by whoever runs this server: ask them for a larger one, or about an "
    "invoice. As soon as it has changed, Marketer Desktop shows it by itself. You can close this "
    "page."
)

router = page_router("/billing")


@router.get("")
async def show_billing(request: Request, who: Anybody) -> Response:
    """On to where plans are sold, or whom to ask."""
    elsewhere = who.parts.settings.billing_url
    if elsewhere is None:
        return message(request, TITLE, ASK)
    return RedirectResponse(elsewhere, 303, headers=HEADERS)
