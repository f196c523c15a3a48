"""The tab of campaigns with their activities, and the filter over them."""

from datetime import datetime

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.ui.pages.project.campaign_card import CampaignCard
from marketer_desktop.ui.pages.project.presenter import ProjectPresenter
from marketer_desktop.ui.widgets.activity_words import ActivityWords
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.empty_state import EmptyState
from marketer_desktop.ui.widgets.page import CARD_GAP
from marketer_desktop.ui.widgets.select import Select
from marketer_desktop.ui.widgets.text_input import SearchInput

SEARCH, STATUS = 280, 176


class ActivitiesTab(QWidget):
    """Cards stay where they are while their campaigns do."""

    new_campaign = Signal()
    add = Signal(int)
    edit = Signal(int)
    archive = Signal(int)
    download = Signal(int)
    opened = Signal(object)
    menu_asked = Signal(object, QPoint)

    def __init__(self, presenter: ProjectPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter, self._words = presenter, ActivityWords(self)
        self._cards: list[CampaignCard] = []
        self.search, self.status = SearchInput(self.tr("Find an activity")), Select()
        self.search.setAccessibleName(self.tr("Find an activity"))
        self.status.setAccessibleName(self.tr("Status"))
        self.new = Button(self.tr("New campaign"), icon="plus")
        self._nothing = Card()
        self._list = QVBoxLayout()
        self._lay_out()
        self._connect()

    def show_project(self, now: datetime) -> None:
        """Show the groups as the filter lets them through."""
        self._offer_statuses()
        groups = self._presenter.groups
        if [card.campaign_id for card in self._cards] == [g.campaign.campaign_id for g in groups]:
            for card, group in zip(self._cards, groups, strict=True):
                card.show_group(group, now)
        else:
            self._build(now)
        self._nothing.setVisible(not groups)

    def _build(self, now: datetime) -> None:
        for card in self._cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [CampaignCard(group, now) for group in self._presenter.groups]
        for card in self._cards:
            self._list.addWidget(card)
            for ours, theirs in (
                (self.add, card.add),
                (self.edit, card.edit),
                (self.archive, card.archive),
                (self.download, card.download),
                (self.opened, card.opened),
                (self.menu_asked, card.menu_asked),
            ):
                theirs.connect(ours)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        self.search.setMaximumWidth(SEARCH)
        self.status.setFixedWidth(STATUS)
        bar.addWidget(self.search, 1)
        bar.addWidget(self.status)
        bar.addStretch()
        bar.addWidget(self.new)
        nothing = EmptyState(
            "search",
            self.tr("Nothing found"),
            self.tr("No activity has these words and this status."),
            self.tr("Show all"),
        )
        nothing.action.connect(self._clear)
        self._nothing.body.addWidget(nothing)
        self._list.setSpacing(CARD_GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(bar)
        column.addLayout(self._list)
        column.addWidget(self._nothing)

    def _connect(self) -> None:
        self.new.clicked.connect(self.new_campaign)
        self.search.textChanged.connect(self._on_text)
        self.status.chosen.connect(self._on_status)

    def _offer_statuses(self) -> None:
        self.status.clear()
        self.status.add(self.tr("Every status"), "")
        for status in self._presenter.statuses:
            self.status.add(self._words.status(status), status)
        if self._presenter.status not in self._presenter.statuses:
            self._presenter.status = ""
        self.status.set_value(self._presenter.status)

    def _on_text(self, text: str) -> None:
        self._presenter.text = text
        self.show_project(datetime.now().astimezone())

    def _on_status(self, status: object) -> None:
        self._presenter.status = str(status)
        self.show_project(datetime.now().astimezone())

    def _clear(self) -> None:
        self._presenter.status = ""
        self.search.clear()
        self.show_project(datetime.now().astimezone())
