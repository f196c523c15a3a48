"""Takes the copy of a server's rows off this machine; what never synced stays."""

from marketer_desktop.domain.sync import Entity
from marketer_desktop.services.mirror_burial import Burials, Loss
from marketer_desktop.storage.unit_of_work import UnitOfWork


async def remove_mirror(work: UnitOfWork, account_id: int) -> None:
    """All that the account's server told of, and what was not sent to it. The caller commits."""
    await work.sync_states.held(account_id)
    await work.sync_states.apply_quietly()
    burials = Burials(work, await work.server_accounts.get(account_id))
    for row in await work.sync_states.organizations(account_id):
        await burials.leave(row.id, Loss.UNSENT)
    for base in await work.sync_bases.of_account(account_id):
        entity = Entity(base.entity)
        placed = await work.sync_rows.placed(entity, base.sync_id)
        if entity is Entity.NOTIFICATION:
            await burials.bury(entity, base.sync_id, placed)
    await work.sync_bases.forget_all(account_id)
    await work.outbox.forget_all(account_id)
    await work.sync_conflicts.forget_all(account_id)
    await work.sync_states.begin_anew(account_id)
    await work.sync_states.apply_quietly(quietly=False)
