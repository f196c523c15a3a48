"""The card of the projects and how much of each is published."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QWidget

from marketer_desktop.services.projects import ProjectSummary
from marketer_desktop.ui.pages.dashboard.presenter import published_share
from marketer_desktop.ui.widgets.ages import AgeWords
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.cells import IconCell, ProgressCell, TextCell, TitleCell
from marketer_desktop.ui.widgets.table import Column, Table

FOOT = 8
WIDTHS = {"bar": 144, "published": 112, "activities": 112, "open": 44}


class ProjectsCard(Card):
    """A row leads to its project."""

    def __init__(self, title: str, action: str, parent: QWidget | None = None) -> None:
        super().__init__(title, action, parent)
        self._ages = AgeWords(self)
        self.table = Table(
            [
                Column("name", ""),
                Column("bar", "", WIDTHS["bar"], "right"),
                Column("published", "", WIDTHS["published"], "right"),
                Column("activities", "", WIDTHS["activities"], "right"),
                Column("open", "", WIDTHS["open"], "right"),
            ]
        )
        self.table.setAccessibleName(title)
        self.body.setContentsMargins(0, 0, 0, FOOT)
        self.body.addWidget(self.table)

    def show_projects(self, projects: Sequence[ProjectSummary], now: datetime) -> None:
        """One row for each."""
        self.table.set_rows([self._row(project, now) for project in projects])

    def set_narrow(self, narrow: bool) -> None:
        """Leave the figures out that the project's page shows as well."""
        self.table.setColumnHidden(1, narrow)
        self.table.setColumnHidden(2, narrow)

    def _row(self, project: ProjectSummary, now: datetime) -> dict[str, Any]:
        campaigns = self._count(
            len(project.campaigns), self.tr("1 campaign"), self.tr("{0} campaigns")
        )
        about = f"{campaigns} · {self._ages.updated(project.updated_at, now)}"
        count = project.activity_count
        return {
            "key": project.project_id,
            "name": TitleCell(project.name, about, "folder"),
            "bar": ProgressCell(published_share(project)),
            "published": TextCell(self.tr("{0} published").format(project.published_count)),
            "activities": TextCell(
                self._count(count, self.tr("1 activity"), self.tr("{0} activities"))
            ),
            "open": IconCell("chevron-right"),
        }

    def _count(self, count: int, one: str, many: str) -> str:
        return one if count == 1 else many.format(f"{count:,}")
