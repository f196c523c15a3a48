"""How campaigns are described in a line."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, QObject

from marketer_desktop.services.projects import CampaignDetails
from marketer_desktop.ui.pages.project.campaign_form import amount_text


class CampaignWords(QObject):
    """Words for the heads of campaigns and for their form."""

    def about(self, campaign: CampaignDetails) -> str:
        """Goal, dates and budget; what is not known is left out."""
        parts = [campaign.goal or "", self._dates(campaign.start_date, campaign.end_date)]
        if campaign.budget_amount is not None:
            parts.append(f"{amount_text(campaign.budget_amount)} {campaign.budget_currency}")
        return " · ".join(part for part in parts if part)

    def statuses(self) -> list[tuple[str, str]]:
        """The statuses with their names."""
        return [
            ("planning", self.tr("Planning")),
            ("active", self.tr("Active")),
            ("paused", self.tr("Paused")),
            ("completed", self.tr("Completed")),
        ]

    def state(self, status: str) -> tuple[str, str]:
        """The status in a word, with its tone."""
        tone = "accent" if status == "active" else "neutral"
        return dict(self.statuses()).get(status, status), tone

    def _dates(self, start: date | None, end: date | None) -> str:
        if start and end:
            same_year = start.year == end.year
            first = self._day(start, "d MMM" if same_year else "d MMM yyyy")
            return f"{first} – {self._day(end, 'd MMM yyyy')}"
        if start:
            return self.tr("from {0}").format(self._day(start, "d MMM yyyy"))
        if end:
            return self.tr("until {0}").format(self._day(end, "d MMM yyyy"))
        return ""

    def _day(self, day: date, shape: str) -> str:
        return QLocale().toString(QDate(day.year, day.month, day.day), shape)
