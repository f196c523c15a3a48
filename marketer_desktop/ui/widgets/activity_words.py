"""How activities are called and shown in lists: icon, state, and the line below the title."""

from datetime import datetime

from PySide6.QtCore import QObject

from marketer_desktop.services.activity_lines import ActivityLine
from marketer_desktop.ui.widgets.ages import AgeWords
from marketer_desktop.ui.widgets.row_list import Row

LOOKS = {
    "blog": ("newspaper", "chart_1"),
    "webpage": ("globe", "chart_2"),
    "linkedin": ("letter:in", "chart_6"),
    "twitter": ("letter:X", "chart_6"),
    "email": ("mail", "chart_3"),
}
TONES = {
    "generating": "accent",
    "in_review": "accent",
    "outline_review": "accent",
    "completed": "success",
    "approved": "success",
    "published": "success",
    "needs_attention": "warning",
    "interrupted": "warning",
    "failed": "error",
}


class ActivityWords(QObject):
    """Words and rows for activities."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ages = AgeWords(self)

    def row(self, line: ActivityLine, now: datetime, *, with_campaign: bool = True) -> Row:
        """The row of an activity in a list."""
        icon, tint = LOOKS.get(line.type, ("file-text", "chart_6"))
        return Row(
            key=line.activity_id,
            icon=icon,
            tint=tint,
            title=line.title,
            subtitle=self.subtitle(line, now, with_campaign=with_campaign),
            pill=self.state(line),
            score=line.seo_score,
        )

    def state(self, line: ActivityLine) -> tuple[str, str]:
        """The status in a word, with its tone; a run says what it is doing."""
        tone = TONES.get(line.status, "neutral")
        if line.status == "generating":
            return self.doing(line.step), tone
        return self.status(line.status), tone

    def status(self, status: str) -> str:
        """The name of a status."""
        names = {
            "draft": self.tr("Draft"),
            "generating": self.tr("Generating"),
            "completed": self.tr("Ready"),
            "needs_attention": self.tr("Needs attention"),
            "interrupted": self.tr("Interrupted"),
            "failed": self.tr("Failed"),
            "cancelled": self.tr("Stopped"),
            "in_review": self.tr("In review"),
            "outline_review": self.tr("Review outline"),
            "approved": self.tr("Approved"),
            "published": self.tr("Published"),
            "archived": self.tr("Archived"),
        }
        return names.get(status, status)

    def doing(self, step: str | None) -> str:
        """What a run is doing, in a word."""
        names = {
            "seo_research": self.tr("Planning"),
            "research": self.tr("Reading"),
            "writing": self.tr("Writing"),
            "editing": self.tr("Editing"),
            "social_media": self.tr("Finishing"),
        }
        return names.get(step or "", self.tr("Waiting"))

    def subtitle(self, line: ActivityLine, now: datetime, *, with_campaign: bool = True) -> str:
        """Where it belongs, how long it is, and when it was touched; progress while it runs."""
        parts = [line.campaign] if with_campaign else []
        if line.status == "generating" and line.progress is not None:
            parts += [f"{line.progress}%", self.doing(line.step).lower()]
        else:
            if line.word_count:
                parts.append(self.words(line.word_count))
            parts.append(self._ages.ago(line.updated_at, now))
        return " · ".join(parts)

    def words(self, count: int) -> str:
        """Such as *1,543 words*."""
        return self.tr("1 word") if count == 1 else self.tr("{0} words").format(f"{count:,}")
