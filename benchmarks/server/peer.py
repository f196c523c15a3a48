"""What somebody would write by hand for an endpoint: FastAPI and SQLAlchemy, nothing more.

`python -m benchmarks.server.peer FOLDER` writes its port to stdout, and ends when its stdin does.
"""

import asyncio
import datetime as dt
import hashlib
import os
import sys
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Any, Generic, NamedTuple, TypeVar

import jwt
from fastapi import BackgroundTasks, Depends, FastAPI, Header, HTTPException, Query, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from marketer_desktop.api.serving import listen, serve
from marketer_desktop.storage.tables import (
    ActivityRow,
    CampaignRow,
    OrganizationMemberRow,
    OrganizationRow,
    ProjectRow,
    RefreshTokenRow,
    UserRow,
)
from marketer_desktop.system.tokens import ALGORITHM, AUDIENCE, ISSUER

POOL = 10  # as many connections as ours
SHARED = ("organization", "team")

Data = TypeVar("Data")


class Metadata(BaseModel):
    """As in ours."""

    timestamp: dt.datetime = Field(default_factory=lambda: dt.datetime.now(dt.UTC))
    request_id: uuid.UUID = Field(default_factory=uuid.uuid4)


class Envelope(BaseModel, Generic[Data]):
    """As in ours."""

    success: bool = True
    data: Data
    error: None = None
    metadata: Metadata = Field(default_factory=Metadata)


class Owner(BaseModel):
    """As in ours."""

    id: int
    email: str


class Entry(BaseModel):
    """As in ours."""

    id: int
    name: str
    description: str | None
    owner: Owner
    campaigns_count: int
    activities_count: int
    created_at: dt.datetime


class Pagination(BaseModel):
    """As in ours."""

    total: int
    page: int
    per_page: int
    pages: int


class Page(BaseModel):
    """As in ours."""

    projects: list[Entry]
    pagination: Pagination


class Brief(BaseModel):
    """What is to be written."""

    campaign_id: int
    topic: str
    content_type: str
    keywords: list[str] = []


class Made(BaseModel):
    """The new row."""

    activity_id: int


class Copied(BaseModel):
    """What came."""

    sha256: str


class Asking(NamedTuple):
    """Who asks, and in which organization."""

    user_id: int
    organization_id: int


def make_peer(url: str, secret: bytes, folder: Path) -> FastAPI:
    """The application on the database at `url`."""
    app = FastAPI()
    app.state.closing = asyncio.Event()  # which `serve` sets
    engine = create_async_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1), pool_size=POOL, max_overflow=0
    )
    sessions = async_sessionmaker(engine, expire_on_commit=False)

    async def session() -> AsyncIterator[AsyncSession]:
        async with sessions() as opened:
            yield opened

    Session = Annotated[AsyncSession, Depends(session)]
    Bearer = Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]

    async def asking(
        opened: Session, bearer: Bearer, x_organization: Annotated[str, Header()]
    ) -> Asking:
        try:
            claims = _claims(bearer.credentials, secret)
        except jwt.InvalidTokenError as error:
            raise HTTPException(401) from error
        found = await opened.execute(_membership(claims, x_organization))
        row = found.one_or_none()
        if row is None:
            raise HTTPException(404)
        return Asking(*row)

    Asked = Annotated[Asking, Depends(asking)]

    @app.get("/api/projects")
    async def projects(
        opened: Session,
        who: Asked,
        page: Annotated[int, Query(ge=1)] = 1,
        per_page: Annotated[int, Query(ge=1, le=100)] = 20,
    ) -> Envelope[Page]:
        return Envelope(data=await _page(opened, who, page, per_page))

    @app.post("/insert", status_code=201)
    async def insert(brief: Brief, opened: Session, who: Asked) -> Envelope[Made]:
        """One INSERT and one commit."""
        row = ActivityRow(
            campaign_id=brief.campaign_id,
            owner_id=who.user_id,
            type=brief.content_type,
            topic=brief.topic,
            keywords=brief.keywords,
            brief=brief.model_dump(),
        )
        opened.add(row)
        await opened.commit()
        return Envelope(data=Made(activity_id=row.id))

    _add_copy(app, folder)
    return app


def _add_copy(app: FastAPI, folder: Path) -> None:
    @app.post("/copy", status_code=201)
    async def copy(request: Request, afterwards: BackgroundTasks) -> Copied:
        """Copy and hash, with nothing around them."""
        digest, kept = hashlib.sha256(), folder / f"{uuid.uuid4().hex}.copy"
        afterwards.add_task(kept.unlink)
        with kept.open("wb") as file:
            async for chunk in request.stream():
                digest.update(chunk)
                file.write(chunk)
        return Copied(sha256=digest.hexdigest())


async def _page(opened: AsyncSession, who: Asking, page: int, per_page: int) -> Page:
    listed = _listed(who)
    total = await opened.scalar(select(func.count(ProjectRow.id)).where(*listed)) or 0
    found = await opened.execute(
        select(ProjectRow, UserRow.email, _campaigns(), _activities())
        .join(UserRow, UserRow.id == ProjectRow.owner_id)
        .where(*listed)
        .order_by(ProjectRow.created_at.desc(), ProjectRow.id.desc())
        .offset((page - 1) * per_page)
        .limit(per_page)
    )
    pages = Pagination(total=total, page=page, per_page=per_page, pages=-(-total // per_page))
    return Page(projects=[_entry(*row) for row in found], pagination=pages)


def _claims(token: str, secret: bytes) -> dict[str, Any]:
    claims: dict[str, Any] = jwt.decode(
        token,
        secret,
        algorithms=[ALGORITHM],
        issuer=ISSUER,
        audience=AUDIENCE,
        options={"require": ["exp", "iat", "sub", "sid"]},
    )
    return claims


def _membership(claims: dict[str, Any], slug: str) -> Any:
    """The account and the organization, if the session lasts and both belong together."""
    return (
        select(UserRow.id, OrganizationRow.id)
        .join(OrganizationMemberRow, OrganizationMemberRow.user_id == UserRow.id)
        .join(OrganizationRow, OrganizationRow.id == OrganizationMemberRow.organization_id)
        .where(
            UserRow.id == int(claims["sub"]),
            UserRow.is_active,
            OrganizationMemberRow.is_active,
            OrganizationMemberRow.joined_at.is_not(None),
            OrganizationRow.deleted_at.is_(None),
            OrganizationRow.slug == slug,
            select(RefreshTokenRow.id)
            .where(
                RefreshTokenRow.family == uuid.UUID(claims["sid"]),
                RefreshTokenRow.user_id == UserRow.id,
                RefreshTokenRow.expires_at > func.clock_timestamp(),
            )
            .exists(),
        )
    )


def _listed(who: Asking) -> tuple[ColumnElement[bool], ...]:
    return (
        ProjectRow.organization_id == who.organization_id,
        ~ProjectRow.is_archived,
        or_(ProjectRow.visibility.in_(SHARED), ProjectRow.owner_id == who.user_id),
    )


def _campaigns() -> Any:
    return (
        select(func.count(CampaignRow.id))
        .where(CampaignRow.project_id == ProjectRow.id, ~CampaignRow.is_archived)
        .correlate(ProjectRow)
        .scalar_subquery()
    )


def _activities() -> Any:
    return (
        select(func.count(ActivityRow.id))
        .join(CampaignRow, CampaignRow.id == ActivityRow.campaign_id)
        .where(
            CampaignRow.project_id == ProjectRow.id,
            ~CampaignRow.is_archived,
            ActivityRow.status != "archived",
        )
        .correlate(ProjectRow)
        .scalar_subquery()
    )


def _entry(row: ProjectRow, email: str, campaigns: int, activities: int) -> Entry:
    return Entry(
        id=row.id,
        name=row.name,
        description=row.description,
        owner=Owner(id=row.owner_id, email=email),
        campaigns_count=campaigns,
        activities_count=activities,
        created_at=row.created_at,
    )


async def main(folder: Path) -> None:
    """Serve the database that the environment names."""
    secret = os.environ["MARKETER_TOKEN_SECRET"].encode()
    app = make_peer(os.environ["MARKETER_DATABASE_URL"], secret, folder)
    ending, listening = asyncio.Event(), listen("127.0.0.1", 0)
    asyncio.get_running_loop().add_reader(sys.stdin.fileno(), ending.set)
    sys.stdout.write(f"{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    await serve(app, listening, ending)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
