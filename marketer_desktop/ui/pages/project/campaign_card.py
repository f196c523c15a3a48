"""A campaign as a card: what it is about, and its activities."""

from datetime import datetime

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from marketer_desktop.ui.pages.project.campaign_words import CampaignWords
from marketer_desktop.ui.pages.project.presenter import Group
from marketer_desktop.ui.widgets.activity_words import ActivityWords
from marketer_desktop.ui.widgets.button import IconButton, LinkButton
from marketer_desktop.ui.widgets.card import EDGE, Card
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.pill import Pill
from marketer_desktop.ui.widgets.row_list import RowList

FOOT, BUTTON, PULL = 8, 28, 8


class CampaignCard(Card):
    """Signals carry the number of the campaign, those of rows the number of the activity."""

    add = Signal(int)
    edit = Signal(int)
    archive = Signal(int)
    download = Signal(int)
    opened = Signal(object)
    menu_asked = Signal(object, QPoint)

    def __init__(self, group: Group, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(group.campaign.name, parent=parent)
        self.campaign_id = group.campaign.campaign_id
        self._words, self._activities = CampaignWords(self), ActivityWords(self)
        self._pill = Pill("")
        self._about = Label("", "secondary", "secondary", elide=True)
        self.list = RowList()
        self._fill_head()
        self._fill_body()
        self.show_group(group, now)

    def show_group(self, group: Group, now: datetime) -> None:
        """Show the campaign as it stands now."""
        campaign = group.campaign
        self.title.setText(campaign.name)
        self._pill.set(*self._words.state(campaign.status))
        about = self._words.about(campaign)
        self._about.setText(about)
        self._about_row.setVisible(bool(about))
        rows = [self._activities.row(line, now, with_campaign=False) for line in group.lines]
        self.list.setAccessibleName(campaign.name)
        self.list.set_rows(rows)
        self.list.setVisible(bool(rows))
        self._empty.setVisible(not rows)

    def _fill_head(self) -> None:
        number = self.campaign_id
        self.head.setSpacing(4)
        self.head.addWidget(self._pill)
        self.head.addSpacing(8)
        for icon, name, signal in (
            ("plus", self.tr("New activity in this campaign"), self.add),
            ("pencil", self.tr("Edit campaign"), self.edit),
            ("download", self.tr("Download all texts"), self.download),
            ("archive", self.tr("Archive campaign"), self.archive),
        ):
            button = IconButton(icon, name, size=BUTTON)
            button.clicked.connect(lambda checked=False, signal=signal: signal.emit(number))
            self.head.addWidget(button)

    def _fill_body(self) -> None:
        self.body.setContentsMargins(0, 0, 0, FOOT)
        self.body.setSpacing(0)
        self._about_row = self._inset(self._about)
        begin = LinkButton(self.tr("New activity"))
        begin.clicked.connect(lambda: self.add.emit(self.campaign_id))
        self._empty = self._inset(
            Label(self.tr("This campaign is empty."), "body", "secondary"), begin
        )
        self.list.activated_row.connect(self.opened)
        self.list.menu_asked.connect(self.menu_asked)
        for part in (self._about_row, self.list, self._empty):
            self.body.addWidget(part)

    def _inset(self, *parts: QWidget) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(EDGE, 0, EDGE, FOOT)
        row.setSpacing(12)
        for part in parts:
            row.addWidget(part)
        if len(parts) > 1:
            row.addStretch()
        return line
