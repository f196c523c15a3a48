"""What machines ask a server about: whether it lives, whether it can work, what it has done."""

from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import JSONResponse, PlainTextResponse, Response

from marketer_desktop.observability.metrics import exposition
from marketer_desktop.services.figures import show_figures
from marketer_desktop.services.readiness import Readiness, readiness

router = APIRouter(tags=["service"])


class Health(BaseModel):
    """It answers."""

    status: Literal["healthy"] = "healthy"


class Ready(BaseModel):
    """Whether requests can be answered, and what was looked at."""

    status: Literal["ready", "not_ready"]
    checks: Readiness


@router.get("/health")
async def health() -> Health:
    """Whether the process lives; nothing else is asked."""
    return Health()


@router.get("/ready", response_model=Ready, responses={503: {"model": Ready}})
async def ready(request: Request) -> Response:
    """Whether database, search index and queue answer; the model is told, too."""
    checks = await readiness(request.app.state.parts)
    told = Ready(status="ready" if checks.ready else "not_ready", checks=checks)
    return JSONResponse(told.model_dump(), 200 if checks.ready else 503)


@router.get("/metrics", response_class=PlainTextResponse)
async def metrics(request: Request) -> Response:
    """What has happened and how much there is, for Prometheus."""
    await show_figures(request.app.state.parts)
    text, kind = exposition()
    return Response(text, media_type=kind)
