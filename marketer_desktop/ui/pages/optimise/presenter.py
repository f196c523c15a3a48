"""What the page *Optimise a text* decides without Qt: what is asked and what is shown."""

from dataclasses import dataclass

from marketer_desktop.domain.brief import LONG_FORM, ContentType
from marketer_desktop.services.check_text import CheckText, TextReport
from marketer_desktop.services.fix_check import FixCheck, FixedText, can_fix
from marketer_desktop.services.import_activity import ImportActivity
from marketer_desktop.services.repurpose import RepurposeActivity
from marketer_desktop.ui.widgets.scoring.findings import Findings, Group, findings

FIELDS = ("keyphrase", "title", "description", "slug")
GROUPS: tuple[Group, ...] = ("seo", "readability")


@dataclass(frozen=True)
class Version:
    """Text and fields at one moment."""

    markdown: str
    fields: dict[str, str]


class OptimisePresenter:
    """The text, what stands beside it, and the last report."""

    def __init__(self) -> None:
        self.markdown = ""
        self.fields = dict.fromkeys(FIELDS, "")
        self.type = ContentType.BLOG
        self.report: TextReport | None = None
        self.checked_markdown = ""
        self._follows_heading = True

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to check."""
        return not self.markdown.strip()

    @property
    def is_searched(self) -> bool:
        """Whether search engines find such a text."""
        return self.type in LONG_FORM

    def set_text(self, markdown: str) -> None:
        """The text was edited; its heading is its title until somebody gives it another one."""
        self.markdown = markdown
        if self._follows_heading:
            self.fields["title"] = heading_of(markdown)

    def set_field(self, name: str, value: str) -> None:
        """A field was edited."""
        self.fields[name] = value
        if name == "title":
            self._follows_heading = not value.strip()

    def version(self) -> Version:
        """Text and fields as they stand."""
        return Version(self.markdown, dict(self.fields))

    def put(self, version: Version) -> None:
        """Go to another version."""
        self.markdown, self.fields = version.markdown, dict(version.fields)
        self._follows_heading = self.fields["title"] == heading_of(self.markdown)

    def check(self) -> CheckText:
        """The call that checks the text as it stands."""
        beside = self._beside()
        return CheckText(
            markdown=self.markdown,
            type=self.type,
            keywords=self._keywords(),
            keyphrase=beside["keyphrase"],
            title=beside["title"],
            description=beside["description"],
            slug=beside["slug"],
        )

    def fix(self, check_id: str) -> FixCheck:
        """The call that mends what a check complains of."""
        return FixCheck(check_id=check_id, **self.check().model_dump())

    def save(self) -> ImportActivity:
        """The call that keeps the text."""
        beside = self._beside()
        return ImportActivity(
            markdown=self.markdown, type=self.type, **{**beside, "title": beside["title"][:255]}
        )

    def repurpose(self) -> RepurposeActivity:
        """The call that makes posts and a mail of the text."""
        return RepurposeActivity(
            text=self.markdown,
            keywords=self._keywords(),
            into=["linkedin", "twitter", "thread", "email"],
        )

    def take(self, asked: CheckText, report: TextReport) -> bool:
        """Keep the report if it is about the text as it stands."""
        if asked != self.check():
            return False
        self.report, self.checked_markdown = report, asked.markdown
        return True

    def take_fixed(self, told: FixedText) -> Version:
        """The version that a fix made."""
        return Version(told.markdown, {name: str(getattr(told, name)) for name in FIELDS})

    def findings(self) -> Findings:
        """What is to be said about the text."""
        if self.report is None:
            return Findings()
        groups = GROUPS if self.is_searched else GROUPS[1:]
        return findings(self.report.checks, self.report.score, can_fix, groups)

    def clear(self) -> None:
        """Begin with another text."""
        self.markdown, self.report, self._follows_heading = "", None, True
        self.fields = dict.fromkeys(FIELDS, "")

    def _keywords(self) -> list[str]:
        phrase = self.fields["keyphrase"].strip()
        return [phrase] if phrase else []

    def _beside(self) -> dict[str, str]:
        return {name: value.strip() for name, value in self.fields.items()}


def heading_of(markdown: str) -> str:
    """The main heading as plain words, or nothing."""
    lines = (line.strip() for line in markdown.splitlines())
    heading = next((line[2:] for line in lines if line.startswith("# ")), "")
    return heading.strip().strip("#").strip().replace("**", "").replace("`", "")
