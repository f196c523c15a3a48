"""Brings the tables up to date without an engine, for `marketer db upgrade --without-backup`."""

from marketer_desktop.bootstrap.database_alone import database_alone
from marketer_desktop.services.call import Say
from marketer_desktop.services.databases import UpgradeResult
from marketer_desktop.settings.settings import Settings
from marketer_desktop.storage.migration import current_and_head, upgrade


def upgrade_alone(settings: Settings, say: Say) -> UpgradeResult:
    """Apply what is missing and keep no backup; blocks."""
    with database_alone(settings, say) as url:
        say("Preparing the database")
        applied = upgrade(url)
        return UpgradeResult(applied=applied, revision=current_and_head(url)[0])
