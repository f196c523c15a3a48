"""What is removed in time: audit logs, after as long as they are kept, and old notes."""

from datetime import timedelta

from marketer_desktop.services import push_changes
from marketer_desktop.services.departures import forget_departures
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.stripe_events import SCOPE

HOURLY = "23 * * * *"  # a desktop is seldom on at any one hour
AT_ONCE = 10_000  # rows in one transaction
SIGN_IN_REPEATS = timedelta(hours=1)
STRIPE_REPEATS = timedelta(days=30)  # it sends an event again for days, and by hand for 30


async def keep_house(parts: Parts) -> int:
    """How many entries of audit logs were removed. What is cut off goes on the next time."""
    async with parts.database.unit_of_work() as work:
        await work.idempotency.forget(SCOPE, STRIPE_REPEATS)
        await work.idempotency.forget(push_changes.SCOPE, push_changes.REPEATS)
        await work.sign_in_codes.forget(SIGN_IN_REPEATS)
        await forget_departures(work)
        await work.commit()
    removed = 0
    while True:
        async with parts.database.unit_of_work() as work:
            count = await work.audit.forget(AT_ONCE)
            await work.commit()
        removed += count
        if count < AT_ONCE:
            return removed
