"""Plans: what an organization may have and use (specification, sections 4 and 11.3)."""

from enum import StrEnum
from typing import NamedTuple

UNLIMITED = 2_147_483_647  # the columns of the limits are integers that are always there


class Plan(StrEnum):
    """What is paid for; `local` is an organization on its user's own machine."""

    LOCAL = "local"
    FREE = "free"
    PRO = "pro"
    ENTERPRISE = "enterprise"


class Limits(NamedTuple):
    """How much a plan allows; named as the columns of an organization."""

    max_users: int
    max_projects: int
    max_storage_gb: int
    requests_per_day: int


_NONE = Limits(UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED)
LIMITS: dict[Plan, Limits] = {
    Plan.LOCAL: _NONE,
    Plan.FREE: Limits(max_users=1, max_projects=3, max_storage_gb=5, requests_per_day=100),
    Plan.PRO: Limits(max_users=10, max_projects=50, max_storage_gb=50, requests_per_day=1000),
    Plan.ENTERPRISE: _NONE,
}
