"""The first step: the project and the campaign that the piece belongs to."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from marketer_desktop.ui.pages.wizard.new_name import NewName
from marketer_desktop.ui.pages.wizard.presenter import WizardPresenter
from marketer_desktop.ui.pages.wizard.wording import tr
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.select import Select


class PlaceStep(QWidget):
    """Both can be made in place."""

    changed = Signal()

    def __init__(self, presenter: WizardPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.project, self.campaign = Select(), Select()
        self.new_project = NewName(
            tr("New project"), tr("Name of the project"), tr("Such as a brand or a client")
        )
        self.new_campaign = NewName(
            tr("New campaign"), tr("Name of the campaign"), tr("Such as Product launch")
        )
        hint = tr("A first campaign is made for you.")
        self._project = Field(tr("Project"), self.project)
        self._campaign = Field(tr("Campaign"), self.campaign)
        self._first = Label(hint, "body", "secondary", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._project)
        column.addWidget(self.new_project)
        column.addSpacing(12)
        column.addWidget(self._campaign)
        column.addWidget(self._first)
        column.addWidget(self.new_campaign)
        column.addStretch(1)
        self.project.chosen.connect(self._on_project)
        self.campaign.chosen.connect(self._on_campaign)

    def refresh(self) -> None:
        """Show what the presenter knows."""
        values = self._presenter.values
        self.project.clear()
        for project in self._presenter.projects:
            self.project.add(project.name, project.project_id)
        self.project.set_value(values.project_id)
        self.campaign.clear()
        for campaign in self._presenter.campaigns:
            self.campaign.add(campaign.name, campaign.campaign_id)
        self.campaign.set_value(values.campaign_id)
        self._project.setVisible(bool(self._presenter.projects))
        self._campaign.setVisible(bool(self._presenter.campaigns))
        self._first.setVisible(not self._presenter.campaigns)
        self.new_campaign.setVisible(values.project_id is not None)

    def _on_project(self, project_id: object) -> None:
        assert isinstance(project_id, int)
        self._presenter.choose_project(project_id)
        self.refresh()
        self.changed.emit()

    def _on_campaign(self, campaign_id: object) -> None:
        assert isinstance(campaign_id, int)
        self._presenter.choose_campaign(campaign_id)
