"""The embedded database of a data folder, for whoever starts it; loads little."""

from marketer_desktop.settings.settings import Settings
from marketer_desktop.storage.embedded.server import EmbeddedPostgres
from marketer_desktop.system.places import runtime_dir


def embedded(settings: Settings) -> EmbeddedPostgres:
    """Not started yet."""
    return EmbeddedPostgres(settings.data_dir, runtime_dir(settings.data_dir, "pg"))
