"""Who may do what: the permissions of each role in an organization, and of an installation."""

from enum import StrEnum


class Role(StrEnum):
    """What a member is in an organization."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"
    VIEWER = "viewer"


class Permission(StrEnum):
    """`resource:action`; `installation:manage` belongs to no role, but to an administrator."""

    ORGANIZATION_READ = "organization:read"
    ORGANIZATION_UPDATE = "organization:update"
    ORGANIZATION_DELETE = "organization:delete"
    OWNER_UPDATE = "owner:update"
    MEMBER_READ = "member:read"
    MEMBER_INVITE = "member:invite"
    MEMBER_UPDATE = "member:update"
    MEMBER_REMOVE = "member:remove"
    PROJECT_READ = "project:read"
    PROJECT_CREATE = "project:create"
    PROJECT_UPDATE = "project:update"
    PROJECT_DELETE = "project:delete"
    CAMPAIGN_READ = "campaign:read"
    CAMPAIGN_CREATE = "campaign:create"
    CAMPAIGN_UPDATE = "campaign:update"
    CAMPAIGN_DELETE = "campaign:delete"
    ACTIVITY_READ = "activity:read"
    ACTIVITY_CREATE = "activity:create"
    ACTIVITY_UPDATE = "activity:update"
    ACTIVITY_DELETE = "activity:delete"
    ACTIVITY_GENERATE = "activity:generate"
    ACTIVITY_PUBLISH = "activity:publish"
    DOCUMENT_READ = "document:read"
    DOCUMENT_UPLOAD = "document:upload"
    DOCUMENT_UPDATE = "document:update"
    DOCUMENT_DELETE = "document:delete"
    MODEL_READ = "model:read"
    PROVIDER_KEY_UPDATE = "provider_key:update"
    AGENT_KEY_READ = "agent_key:read"
    AGENT_KEY_CREATE = "agent_key:create"
    AGENT_KEY_DELETE = "agent_key:delete"
    USAGE_READ = "usage:read"
    AUDIT_READ = "audit:read"
    BILLING_READ = "billing:read"
    BILLING_UPDATE = "billing:update"
    INSTALLATION_MANAGE = "installation:manage"


_READ_BY_ALL = frozenset(
    {
        Permission.ORGANIZATION_READ,
        Permission.MEMBER_READ,
        Permission.PROJECT_READ,
        Permission.CAMPAIGN_READ,
        Permission.ACTIVITY_READ,
        Permission.DOCUMENT_READ,
        Permission.MODEL_READ,
    }
)
_WORK = frozenset(
    permission
    for permission in Permission
    if permission.split(":")[0] in {"project", "campaign", "activity", "document"}
) | {Permission.USAGE_READ}
_OF_OWNERS_ONLY = frozenset(
    {Permission.ORGANIZATION_DELETE, Permission.OWNER_UPDATE, Permission.BILLING_UPDATE}
)
_OF_NO_ROLE = frozenset({Permission.INSTALLATION_MANAGE})
_OWNER = frozenset(Permission) - _OF_NO_ROLE

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OWNER: _OWNER,
    Role.ADMIN: _OWNER - _OF_OWNERS_ONLY,
    Role.MEMBER: _READ_BY_ALL | _WORK,
    Role.VIEWER: _READ_BY_ALL,
}


def may(role: Role, permission: Permission, *, administers: bool = False) -> bool:
    """Whether someone with this role may do this; `administers` the installation."""
    if permission in _OF_NO_ROLE:
        return administers
    return permission in PERMISSIONS[role]
