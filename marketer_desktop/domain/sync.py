"""What a desktop and a server say to each other when they sync; both ends have these words.

Rows are known by their `sync_id`, and name each other by it. What goes down is a `Change`, what
goes up a `Mutation`. A tombstone of an organization or a project is one of all that is in it.
"""

from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StrictInt

from marketer_desktop.domain.synced_rows import (
    ActivityData,
    CampaignData,
    InvoiceData,
    MemberData,
    NotificationData,
    OrganizationData,
    ProjectData,
    RevisionData,
    SubscriptionData,
)
from marketer_desktop.domain.whole_numbers import AS_IN_JSON

MOST_MUTATIONS = 100  # in one push
MOST_CHANGES = 200  # in one page
LARGEST_SEQ = 2**53  # the last whole number that JSON is sure of


class Entity(StrEnum):
    """What syncs, in the order in which it goes down: what others hang on comes first."""

    ORGANIZATION = "organization"
    MEMBER = "member"  # or somebody who is invited
    SUBSCRIPTION = "subscription"
    INVOICE = "invoice"
    NOTIFICATION = "notification"
    PROJECT = "project"
    CAMPAIGN = "campaign"
    ACTIVITY = "activity"
    REVISION = "revision"
    USAGE_EVENT = "usage_event"  # goes up only


class RowChange(BaseModel):
    """A row as it stands now; one that is gone has no data."""

    sync_id: UUID
    version: int
    deleted: bool


class OrganizationChange(RowChange):
    """An organization."""

    entity: Literal[Entity.ORGANIZATION] = Entity.ORGANIZATION
    data: OrganizationData | None


class MemberChange(RowChange):
    """A membership, or the invitation to one."""

    entity: Literal[Entity.MEMBER] = Entity.MEMBER
    data: MemberData | None


class SubscriptionChange(RowChange):
    """A subscription."""

    entity: Literal[Entity.SUBSCRIPTION] = Entity.SUBSCRIPTION
    data: SubscriptionData | None


class InvoiceChange(RowChange):
    """An invoice."""

    entity: Literal[Entity.INVOICE] = Entity.INVOICE
    data: InvoiceData | None


class NotificationChange(RowChange):
    """A notification."""

    entity: Literal[Entity.NOTIFICATION] = Entity.NOTIFICATION
    data: NotificationData | None


class ProjectChange(RowChange):
    """A project."""

    entity: Literal[Entity.PROJECT] = Entity.PROJECT
    data: ProjectData | None


class CampaignChange(RowChange):
    """A campaign."""

    entity: Literal[Entity.CAMPAIGN] = Entity.CAMPAIGN
    data: CampaignData | None


class ActivityChange(RowChange):
    """An activity."""

    entity: Literal[Entity.ACTIVITY] = Entity.ACTIVITY
    data: ActivityData | None


class RevisionChange(RowChange):
    """A revision."""

    entity: Literal[Entity.REVISION] = Entity.REVISION
    data: RevisionData | None


Change = Annotated[
    OrganizationChange
    | MemberChange
    | SubscriptionChange
    | InvoiceChange
    | NotificationChange
    | ProjectChange
    | CampaignChange
    | ActivityChange
    | RevisionChange,
    Field(discriminator="entity"),
]
CHANGES: dict[Entity, type[Any]] = {
    Entity.ORGANIZATION: OrganizationChange,
    Entity.MEMBER: MemberChange,
    Entity.SUBSCRIPTION: SubscriptionChange,
    Entity.INVOICE: InvoiceChange,
    Entity.NOTIFICATION: NotificationChange,
    Entity.PROJECT: ProjectChange,
    Entity.CAMPAIGN: CampaignChange,
    Entity.ACTIVITY: ActivityChange,
    Entity.REVISION: RevisionChange,
}


class ChangePage(BaseModel):
    """What has changed since the cursor that was sent, and the cursor to send next.

    While there is more, the rest is to be fetched at once. A row may come again unchanged.
    """

    changes: list[Change]
    cursor: str
    has_more: bool


class Mutation(BaseModel):
    """A change that was made on a desktop.

    `seq` counts a client's changes from 1 without a gap. `base_version` is that of the row that
    was changed; 0 makes a new one. `fields` are those that changed; of a new row, all.
    """

    model_config = ConfigDict(extra="forbid")

    seq: Annotated[StrictInt, Field(ge=1, le=LARGEST_SEQ), AS_IN_JSON]
    entity: Entity
    sync_id: UUID
    base_version: Annotated[StrictInt, Field(ge=0, le=LARGEST_SEQ), AS_IN_JSON]
    fields: dict[str, JsonValue]


class Applied(BaseModel):
    """It was carried out; the row has this version now. What goes up only has none: 0."""

    status: Literal["applied"] = "applied"
    seq: int
    version: int


class Duplicate(BaseModel):
    """It had been carried out, or answered, before; nothing was done."""

    status: Literal["duplicate"] = "duplicate"
    seq: int


class Conflicting(BaseModel):
    """Somebody else has changed the row since: this is how it stands."""

    status: Literal["conflict"] = "conflict"
    seq: int
    row: Change


class Rejected(BaseModel):
    """It cannot be carried out, now or later; what to do is said for a person."""

    status: Literal["rejected"] = "rejected"
    seq: int
    code: str
    message: str


Outcome = Annotated[
    Applied | Duplicate | Conflicting | Rejected,
    Field(discriminator="status"),
]


class Pushed(BaseModel):
    """What became of each mutation, in their order; `last_seq` is the last that is settled."""

    results: list[Outcome]
    last_seq: int
