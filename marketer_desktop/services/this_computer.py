"""The person at this computer, as somebody who asks over the API."""

from marketer_desktop.services.access import Person
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.repositories.workspaces import CURRENT


async def person_at_this_computer(parts: Parts) -> Person:
    """Who owns what lies here; made with an organization of their own where there is none."""
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        user, memberships = await work.accounts.with_memberships(member.user_id)
        await work.commit()
    assert user is not None
    current = user.preferences.get(CURRENT)
    return Person(user.id, user.email, user.role, current, memberships)
