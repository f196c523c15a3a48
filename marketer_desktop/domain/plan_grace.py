"""How long a plan of a server holds on a desktop that does not hear of the server."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from marketer_desktop.domain.plans import LIMITS, Limits, Plan

GRACE = timedelta(days=14)
SAID_AFTER = timedelta(days=7)  # from then on the person is told that it will end
PAID = frozenset({Plan.PRO, Plan.ENTERPRISE})


class Standing(StrEnum):
    """Whether a plan is still good: `waiting` is good, but has not been confirmed for a week."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    LAPSED = "lapsed"


class Contact(NamedTuple):
    """When a server was last heard, and what was seen since.

    `latest` is the latest time that this computer's clock has shown, `ran` how long the engine
    has run.
    """

    heard_at: datetime
    latest: datetime
    ran: timedelta = timedelta(0)

    def seen(self, now: datetime, ran: timedelta) -> "Contact":
        """As it stands `now`, after the engine has run for so much longer."""
        return Contact(self.heard_at, max(self.latest, now), self.ran + ran)

    @property
    def age(self) -> timedelta:
        """How long ago it was.

        A clock that is set back takes nothing off, and while it stands back, what the engine runs
        goes on counting: there is no clock by which a plan would hold for ever.
        """
        return max(self.latest - self.heard_at, self.ran)

    @property
    def holds_until(self) -> datetime:
        """When the plan lapses, by a clock that goes right."""
        return self.heard_at + GRACE


def standing(plan: Plan, contact: Contact) -> Standing:
    """How a plan stands. What is free or local does not lapse."""
    if plan not in PAID or contact.age < SAID_AFTER:
        return Standing.CONFIRMED
    return Standing.WAITING if contact.age < GRACE else Standing.LAPSED


def lapsed(told: Limits) -> Limits:
    """What holds in place of the limits that a server has told, once its plan has lapsed."""
    return Limits(*map(min, told, LIMITS[Plan.FREE]))
