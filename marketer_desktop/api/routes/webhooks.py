"""What other services tell: Stripe, about subscriptions and invoices."""

from typing import Annotated

from fastapi import Header, Request

from marketer_desktop.api.asking import Anybody
from marketer_desktop.api.router import EnvelopeRouter
from marketer_desktop.services.call import WrongUse
from marketer_desktop.services.stripe_events import Received, ReceiveStripeEvent

BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
}

router = EnvelopeRouter(prefix="/api/webhooks", tags=["billing"])


@router.post("/stripe", openapi_extra=BODY)
async def receive_stripe_event(
    request: Request, who: Anybody, stripe_signature: Annotated[str, Header()] = ""
) -> Received:
    """An event of Stripe; what is signed are the bytes as they came."""
    try:
        payload = (await request.body()).decode("utf-8")
    except UnicodeDecodeError as error:
        raise WrongUse("The request is not UTF-8.") from error
    return await who.call(ReceiveStripeEvent(payload=payload, signature=stripe_signature))
