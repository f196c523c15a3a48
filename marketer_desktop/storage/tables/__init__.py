"""The tables by subject; importing this package knows all of them."""

from marketer_desktop.storage.tables.accounts import (
    AgentApiKeyRow,
    OrganizationMemberRow,
    OrganizationRow,
    UserRow,
)
from marketer_desktop.storage.tables.activities import ActivityRow
from marketer_desktop.storage.tables.billing import (
    InvoiceRow,
    PlanContactRow,
    SubscriptionRow,
    UsageEventRow,
)
from marketer_desktop.storage.tables.brand import BrandSummaryRow, SitePageRow
from marketer_desktop.storage.tables.declarative import Base
from marketer_desktop.storage.tables.documents import (
    DocumentChunkRow,
    DocumentRow,
    FactVectorsRow,
    WatchedFileRow,
    WatchedFolderRow,
)
from marketer_desktop.storage.tables.editing import ActivityRevisionRow, AssetRow
from marketer_desktop.storage.tables.mirrors import (
    SyncBaseRow,
    SyncConflictRow,
    SyncOutboxRow,
    SyncStateRow,
)
from marketer_desktop.storage.tables.notices import AuditLogRow, NotificationRow
from marketer_desktop.storage.tables.projects import CampaignRow, ProjectRow
from marketer_desktop.storage.tables.publishing import PublicationRow, PublishingTargetRow
from marketer_desktop.storage.tables.runs import AgentExecutionRow, RunEventRow, WorkflowStateRow
from marketer_desktop.storage.tables.servers import DepartureRow, ServerAccountRow
from marketer_desktop.storage.tables.serving import (
    AgentConnectionRow,
    AgentRequestRow,
    IdempotencyKeyRow,
    PaceRow,
    RefreshTokenRow,
    SignInCodeRow,
)
from marketer_desktop.storage.tables.sync import (
    SyncClientRow,
    SyncCounterRow,
    SyncEpochRow,
    SyncTombstoneRow,
)

__all__ = [
    "ActivityRevisionRow",
    "ActivityRow",
    "AgentApiKeyRow",
    "AgentConnectionRow",
    "AgentExecutionRow",
    "AgentRequestRow",
    "AssetRow",
    "AuditLogRow",
    "Base",
    "BrandSummaryRow",
    "CampaignRow",
    "DepartureRow",
    "DocumentChunkRow",
    "DocumentRow",
    "FactVectorsRow",
    "IdempotencyKeyRow",
    "InvoiceRow",
    "NotificationRow",
    "OrganizationMemberRow",
    "OrganizationRow",
    "PaceRow",
    "PlanContactRow",
    "ProjectRow",
    "PublicationRow",
    "PublishingTargetRow",
    "RefreshTokenRow",
    "RunEventRow",
    "ServerAccountRow",
    "SignInCodeRow",
    "SitePageRow",
    "SubscriptionRow",
    "SyncBaseRow",
    "SyncClientRow",
    "SyncConflictRow",
    "SyncCounterRow",
    "SyncEpochRow",
    "SyncOutboxRow",
    "SyncStateRow",
    "SyncTombstoneRow",
    "UsageEventRow",
    "UserRow",
    "WatchedFileRow",
    "WatchedFolderRow",
    "WorkflowStateRow",
]
