"""The table of projects with their counts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from marketer_desktop.services.projects import ProjectSummary
from marketer_desktop.ui.widgets.ages import AgeWords
from marketer_desktop.ui.widgets.cells import PillCell, ProgressCell, TextCell, TitleCell
from marketer_desktop.ui.widgets.table import Column, Table

HIDDEN = {
    "wide": frozenset[str](),
    "medium": frozenset({"campaigns"}),
    "narrow": frozenset({"campaigns", "documents", "updated"}),
}


def _columns() -> list[Column]:
    tr = QCoreApplication.translate
    return [
        Column("name", tr("ProjectsTable", "Project")),
        Column("campaigns", tr("ProjectsTable", "Campaigns"), 112, "right"),
        Column("activities", tr("ProjectsTable", "Activities"), 104, "right"),
        Column("documents", tr("ProjectsTable", "Documents"), 112, "right"),
        Column("published", tr("ProjectsTable", "Published"), 196),
        Column("updated", tr("ProjectsTable", "Updated"), 148, "right"),
    ]


class ProjectsTable(Table):
    """Columns that have no room are left out: the project's page has them too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._keys = [column.key for column in _columns()]
        super().__init__(_columns(), parent)
        self._ages = AgeWords(self)
        self._archived = QCoreApplication.translate("ProjectsTable", "Archived")
        self.setAccessibleName(QCoreApplication.translate("ProjectsTable", "Projects"))

    def set_width_class(self, width_class: str) -> None:
        """Show as many columns as there is room for."""
        for place, key in enumerate(self._keys):
            self.setColumnHidden(place, key in HIDDEN[width_class])

    def show_projects(self, projects: Sequence[ProjectSummary], now: datetime) -> None:
        """One row for each."""
        self.set_rows([self._row(project, now) for project in projects])

    def _row(self, project: ProjectSummary, now: datetime) -> dict[str, Any]:
        done, of = project.published_count, project.activity_count
        told = QCoreApplication.translate("ProjectsTable", "{0} of {1}").format(done, of)
        away = project.is_archived
        return {
            "key": project.project_id,
            "name": TitleCell(project.name, icon="archive" if away else "folder"),
            "campaigns": TextCell(str(len(project.campaigns))),
            "activities": TextCell(f"{of:,}"),
            "documents": TextCell(f"{project.document_count:,}"),
            "published": PillCell(self._archived)
            if away
            else ProgressCell(100 * done / of if of else 0, told),
            "updated": TextCell(self._ages.ago(project.updated_at, now)),
        }
