"""What lies in the archive."""

from sqlalchemy import ColumnElement, literal_column

from marketer_desktop.storage.tables import ActivityRow


def outside_archive() -> ColumnElement[bool]:
    """True of the `ActivityRow`s that are not in the archive.

    The word is part of the statement: a plan that is made without its value may expect no row to
    be left, and join accordingly.
    """
    return ActivityRow.status != literal_column("'archived'")
