"""Who is a member: has joined, and was not removed."""

from sqlalchemy import ColumnElement, and_

from marketer_desktop.storage.tables import OrganizationMemberRow


def is_member() -> ColumnElement[bool]:
    """True of memberships that count; an invitation that is still open does not."""
    return and_(OrganizationMemberRow.is_active, OrganizationMemberRow.joined_at.is_not(None))
