"""The tab of a project's name, defaults, visibility and archive."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.services.projects import ProjectDetails
from marketer_desktop.ui.pages.project.sharing_card import SharingCard
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.chip_input import ChipInput
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.page import CARD_GAP
from marketer_desktop.ui.widgets.select import Select
from marketer_desktop.ui.widgets.text_input import TextArea, TextInput

WIDTH, KEYWORDS = 640, 10


class SettingsTab(QWidget):
    """Fields that are saved together, and the way into the archive."""

    changed = Signal()
    archive_asked = Signal(bool)  # whether into the archive

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project: ProjectDetails | None = None
        self.name, self.description = TextInput(), TextArea(lines=3)
        self.tone, self.audience = Select(), TextInput(self.tr("Such as owners of small cafés"))
        self.keywords = ChipInput(self.tr("A keyword, then Enter"), limit=KEYWORDS)
        self.visibility, self.archive = Select(), Button("")
        self.sharing = SharingCard()
        self._name_field = Field(self.tr("Name"), self.name)
        self._seen_by = Field(self.tr("Visible to"), self.visibility)
        self._archived = Label("", "body", "secondary", wrap=True)
        self._offer()
        self.set_team("")
        self._lay_out()
        self._connect()

    @property
    def is_dirty(self) -> bool:
        """Whether something waits to be saved."""
        return self._project is not None and bool(self.changes())

    @property
    def can_save(self) -> bool:
        """Whether what is typed may be kept."""
        return bool(self.name.text().strip())

    def changes(self) -> dict[str, Any]:
        """The fields that differ from what is stored."""
        if self._project is None:
            return {}
        values: dict[str, Any] = {
            "name": self.name.text().strip(),
            "description": self.description.toPlainText().strip(),
            "default_tone": self.tone.value(),
            "default_target_audience": self.audience.text().strip(),
            "default_keywords": self.keywords.values(),
            "visibility": self.visibility.value(),
        }
        return {
            name: value for name, value in values.items() if value != getattr(self._project, name)
        }

    def show_project(self, project: ProjectDetails) -> None:
        """Show what is stored; what is being typed stays."""
        same = self._project is not None and self._project.project_id == project.project_id
        keep = same and self.is_dirty
        self._project = project
        if not keep:
            self._fill(project)
        self._archived.setText(
            self.tr("It is in the archive: not in lists, and nothing of it is lost.")
            if project.is_archived
            else self.tr("Takes it out of the lists. Nothing is lost, and it can come back.")
        )
        self.archive.setText(
            self.tr("Take out of the archive") if project.is_archived else self.tr("Archive")
        )
        self.archive.set_icon("archive-restore" if project.is_archived else "archive")
        self._follow()

    def set_team(self, organization: str) -> None:
        """Say who else there is: the organization of a server, or nobody."""
        self._seen_by.set_hint(
            self.tr("Of the members of {0}, once it is shared.").format(organization)
            if organization
            else self.tr("You work alone on this computer; it matters once you share.")
        )

    def discard(self) -> None:
        """Go back to what is stored."""
        if self._project is not None:
            self._fill(self._project)
            self._follow()

    def forget(self) -> None:
        """Another project will be shown."""
        self._project = None

    def _offer(self) -> None:
        for key, text in (
            ("professional", self.tr("Professional")),
            ("conversational", self.tr("Conversational")),
            ("technical", self.tr("Technical")),
        ):
            self.tone.add(text, key)
        for key, text in (
            ("organization", self.tr("Everybody in the organization")),
            ("team", self.tr("The members of this project")),
            ("private", self.tr("Only me")),
        ):
            self.visibility.add(text, key)

    def _lay_out(self) -> None:
        about = self._card(
            self.tr("About"),
            self._name_field,
            Field(self.tr("Description"), self.description, optional=True),
        )
        start = self._card(
            self.tr("What a new activity starts with"),
            Field(self.tr("Tone"), self.tone),
            Field(self.tr("Audience"), self.audience, optional=True),
            Field(self.tr("Keywords"), self.keywords, optional=True),
        )
        seen = self._card(self.tr("Who sees it"), self._seen_by)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._archived, 1)
        row.addWidget(self.archive)
        away = self._card(self.tr("Archive"))
        away.body.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(CARD_GAP)
        for card in (self.sharing, about, start, seen, away):
            column.addWidget(card)
        self.setMaximumWidth(WIDTH)

    def _card(self, title: str, *fields: QWidget) -> Card:
        card = Card(title)
        card.body.setSpacing(16)
        for field in fields:
            card.body.addWidget(field)
        return card

    def _connect(self) -> None:
        self.name.textChanged.connect(self._follow)
        self.description.textChanged.connect(self._follow)
        self.tone.chosen.connect(self._follow)
        self.audience.textChanged.connect(self._follow)
        self.keywords.changed.connect(self._follow)
        self.visibility.chosen.connect(self._follow)
        self.archive.clicked.connect(self._on_archive)

    def _fill(self, project: ProjectDetails) -> None:
        if project.default_tone not in [self.tone.itemData(n) for n in range(self.tone.count())]:
            self.tone.add(project.default_tone, project.default_tone)
        self.name.setText(project.name)
        self.description.setPlainText(project.description)
        self.tone.set_value(project.default_tone)
        self.audience.setText(project.default_target_audience)
        self.keywords.set_values(project.default_keywords)
        self.visibility.set_value(project.visibility)

    def _follow(self, *ignored: object) -> None:
        missing = self._project is not None and not self.can_save
        self._name_field.set_error(self.tr("Enter a name.") if missing else None)
        self.changed.emit()

    def _on_archive(self) -> None:
        if self._project is not None:
            self.archive_asked.emit(not self._project.is_archived)
