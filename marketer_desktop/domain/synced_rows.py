"""The rows that a desktop and a server sync, as they go down; they name each other by `sync_id`."""

import datetime as dt
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel


class Person(BaseModel):
    """A user, wherever they are known by their address."""

    email: str
    name: str | None


class OrganizationData(BaseModel):
    """An organization with the limits of its plan."""

    name: str
    slug: str
    plan: str
    plan_started_at: dt.datetime | None
    plan_expires_at: dt.datetime | None
    max_users: int
    max_projects: int
    max_storage_gb: int
    requests_per_day: int
    llm_mode: str
    compliance_mode: str | None
    data_residency: str | None
    created_at: dt.datetime


class MemberData(BaseModel):
    """A membership, or the invitation to one."""

    organization: UUID
    user: Person
    role: str
    status: Literal["active", "invited"]
    invited_at: dt.datetime
    invitation_expires_at: dt.datetime | None
    joined_at: dt.datetime | None


class SubscriptionData(BaseModel):
    """What pays for the plan; the amount is in cents."""

    organization: UUID
    plan: str
    status: str
    currency: str
    amount: int
    interval: str
    current_period_start: dt.datetime
    current_period_end: dt.datetime
    trial_end: dt.datetime | None
    canceled_at: dt.datetime | None
    ended_at: dt.datetime | None


class InvoiceData(BaseModel):
    """An invoice; the amounts are in cents."""

    organization: UUID
    status: str
    currency: str
    amount_due: int
    amount_paid: int
    period_start: dt.datetime
    period_end: dt.datetime
    due_date: dt.datetime | None
    paid_at: dt.datetime | None
    hosted_url: str | None
    pdf_url: str | None
    created_at: dt.datetime


class NotificationData(BaseModel):
    """A message to whoever asks."""

    organization: UUID | None
    type: str
    title: str
    message: str
    link_url: str | None
    link_text: str | None
    is_read: bool
    read_at: dt.datetime | None
    details: dict[str, Any] | None
    created_at: dt.datetime


class ProjectData(BaseModel):
    """A project that is shared with the team."""

    organization: UUID
    owner: Person
    name: str
    description: str | None
    brand_voice: dict[str, Any] | None
    default_tone: str
    default_target_audience: str | None
    default_keywords: list[str] | None
    visibility: str
    is_archived: bool
    created_at: dt.datetime
    updated_at: dt.datetime


class CampaignData(BaseModel):
    """A campaign; the budget is in whole units of its currency."""

    project: UUID
    owner: Person
    name: str
    goal: str | None
    target_audience: str | None
    start_date: dt.date | None
    end_date: dt.date | None
    budget_amount: Decimal | None
    budget_currency: str
    status: str
    is_archived: bool
    created_at: dt.datetime
    updated_at: dt.datetime


class ActivityData(BaseModel):
    """A piece of content: its brief without the documents, its text, and what checks found."""

    campaign: UUID
    owner: Person
    type: str
    topic: str
    brief: dict[str, Any]
    status: str
    content: dict[str, Any] | None
    report: dict[str, Any] | None
    published_at: dt.datetime | None
    published_url: str | None
    created_at: dt.datetime
    updated_at: dt.datetime


class RevisionData(BaseModel):
    """A text as it once stood; numbers count from 1 in each activity."""

    activity: UUID
    number: int
    reason: str
    title: str | None
    markdown: str
    word_count: int
    by: Person | None
    created_at: dt.datetime
