"""What the fields of synced rows are called, and what stands in them."""

from typing import Any

from PySide6.QtCore import QObject

from marketer_desktop.ui.pages.settings.conflict_presenter import lines_of
from marketer_desktop.ui.widgets.activity_words import ActivityWords

BRIEF = "brief."


class FieldWords(QObject):
    """Names and values for people; what has no word is shown as it is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._activities = ActivityWords(self)

    def entity(self, entity: str) -> str:
        """What kind of row it is."""
        names = {
            "organization": self.tr("Organization"),
            "member": self.tr("Member"),
            "notification": self.tr("Notification"),
            "project": self.tr("Project"),
            "campaign": self.tr("Campaign"),
            "activity": self.tr("Activity"),
            "revision": self.tr("Revision"),
            "usage_event": self.tr("Usage"),
        }
        return names.get(entity, entity)

    def field(self, name: str) -> str:
        """What a field is called."""
        if name.startswith(BRIEF):
            return self.tr("Brief: {0}").format(_spaced(name.removeprefix(BRIEF)))
        names = {
            "": self.tr("Deleted by somebody else"),
            "name": self.tr("Name"),
            "description": self.tr("Description"),
            "brand_voice": self.tr("Voice"),
            "default_tone": self.tr("Tone"),
            "default_target_audience": self.tr("Audience"),
            "default_keywords": self.tr("Keywords"),
            "visibility": self.tr("Visible to"),
            "is_archived": self.tr("In the archive"),
            "goal": self.tr("Goal"),
            "target_audience": self.tr("Audience"),
            "start_date": self.tr("Start"),
            "end_date": self.tr("End"),
            "budget_amount": self.tr("Budget"),
            "budget_currency": self.tr("Currency"),
            "status": self.tr("Status"),
            "topic": self.tr("Topic"),
            "brief": self.tr("Brief"),
            "content.markdown": self.tr("Text"),
            "content.title": self.tr("Title"),
            "content.meta_description": self.tr("Search description"),
            "content.slug": self.tr("Address"),
            "content.keyphrase": self.tr("Keyphrase"),
            "content.social_variants": self.tr("Social posts"),
            "content.research_sources": self.tr("Sources"),
            "content.headlines": self.tr("Headlines"),
            "report": self.tr("Checks"),
            "role": self.tr("Role"),
            "is_read": self.tr("Read"),
            "llm_mode": self.tr("Models"),
            "compliance_mode": self.tr("Compliance"),
            "data_residency": self.tr("Where data may be"),
        }
        return names.get(name, _spaced(name).capitalize())

    def value(self, field: str, value: Any) -> str:
        """What stands in a field."""
        if not field:
            return self.tr("Deleted") if value is None else self.tr("Kept, with your changes")
        if value is None or value in ("", []):
            return self.tr("Nothing")
        if isinstance(value, bool):
            return self.tr("Yes") if value else self.tr("No")
        if isinstance(value, list):
            return ", ".join(map(str, value))
        if field == "status":
            return self._activities.status(str(value))
        return self._words().get((field, str(value)), lines_of(value))

    def _words(self) -> dict[tuple[str, str], str]:
        return {
            ("visibility", "organization"): self.tr("Everybody in the organization"),
            ("visibility", "team"): self.tr("The members of this project"),
            ("visibility", "private"): self.tr("Only its owner"),
            ("default_tone", "professional"): self.tr("Professional"),
            ("default_tone", "conversational"): self.tr("Conversational"),
            ("default_tone", "technical"): self.tr("Technical"),
            ("role", "owner"): self.tr("Owner"),
            ("role", "admin"): self.tr("Admin"),
            ("role", "member"): self.tr("Member"),
            ("role", "viewer"): self.tr("Viewer"),
        }


def _spaced(name: str) -> str:
    return name.replace("_", " ").replace(".", " ")
