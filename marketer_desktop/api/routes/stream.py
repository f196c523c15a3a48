"""The stream of a run, as server-sent events (specification, section 8.5)."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from marketer_desktop.api.asking import AsMember
from marketer_desktop.api.parameters import Id
from marketer_desktop.api.router import REFUSALS, refusals
from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.services.stream_activity import PULSE, OpenStream, run_stream

# Where proxies and browsers give silent connections up is not less than half a minute.
KEEP_ALIVE_SECONDS = 15.0
RETRY_MS = 1000  # after which a client shall come back when the server is told to end
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
STREAM = {
    "description": (
        "Events, each with `data: {step, progress, data}`. What a run has finished comes without "
        "a name, all else with one: `started`, `progress`, `draft`, `waiting`; `closing` when the "
        "server is about to end. Stored events have an `id`, to be sent as `Last-Event-ID`."
    ),
    "content": {"text/event-stream": {"schema": {"type": "string"}}},
}
OVER = {"description": "No run is under way, and all events of the last one have been told"}

# Answers here are no JSON: they do not come in the envelope.
router = APIRouter(prefix="/api/activities", tags=["workflows"])


@router.get(
    "/{activity_id}/stream",
    response_class=StreamingResponse,
    responses={200: STREAM, 204: OVER, **refusals(*REFUSALS)},
)
async def stream(
    activity_id: Id,
    who: AsMember,
    request: Request,
    last_event_id: Annotated[int | None, Header(ge=0, le=2_147_483_647)] = None,
) -> Response:
    """What happens in a run, from its start or behind the event that was heard last."""
    start = await who.call(OpenStream(activity_id=activity_id, after=last_event_id))
    if start.over:
        return Response(status_code=204)
    told = run_stream(who.parts, activity_id, start.after)
    body = _written(told, request.app.state.closing)
    return StreamingResponse(body, media_type="text/event-stream", headers=HEADERS)


async def _written(
    told: AsyncGenerator[RunEvent | None, None], closing: asyncio.Event
) -> AsyncIterator[bytes]:
    silent = 0.0
    async with aclosing(told) as events:
        async for event in events:
            if closing.is_set():
                yield format_sse_event(event="closing", data_str="{}", retry=RETRY_MS)
                return
            silent = silent + PULSE if event is None else 0.0
            if event is not None:
                yield _encoded(event)
            elif silent >= KEEP_ALIVE_SECONDS:
                silent = 0.0
                yield KEEPALIVE_COMMENT


def _encoded(event: RunEvent) -> bytes:
    told = {"step": event.step, "progress": event.progress, "data": event.data}
    return format_sse_event(
        data_str=json.dumps(told, ensure_ascii=False, separators=(",", ":")),
        event=None if event.kind in ("finished", "ended") else event.kind,
        id=None if event.seq is None else str(event.seq),
    )
