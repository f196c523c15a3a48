"""The limits that hold for an organization now."""

from marketer_desktop.domain.plan_grace import lapsed
from marketer_desktop.domain.plans import LIMITS, UNLIMITED, Limits, Plan
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.tables import OrganizationRow


def limits_of(parts: Parts, row: OrganizationRow) -> Limits:
    """Those that are stored; for a plan that no server has confirmed for long, those that are free.

    What is there already stays: limits are asked of what is new.
    """
    stored = Limits(*(getattr(row, name) for name in Limits._fields))
    return lapsed(stored) if row.id in parts.unconfirmed else stored


def most_requests(parts: Parts, organization_id: int) -> int:
    """How many requests a day an organization may make at most, whatever its plan says."""
    is_lapsed = organization_id in parts.unconfirmed
    return LIMITS[Plan.FREE].requests_per_day if is_lapsed else UNLIMITED
