"""What the page *Optimise a text* decides without Qt: what is checked, what is shown of it."""

import re

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.checks.check import Check
from marketer_desktop.domain.words import words
from marketer_desktop.services.check_text import CheckText, TextReport
from marketer_desktop.services.import_activity import ImportActivity

FILTERS = ("open", "good", "all")
_QUOTED = re.compile(r"“([^”]+)”")


class OptimisePresenter:
    """The text, what is asked of it, and the last report."""

    def __init__(self) -> None:
        self.markdown = ""
        self.keyphrase = ""
        self.type = ContentType.BLOG
        self.report: TextReport | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to check."""
        return not self.markdown.strip()

    def check(self) -> CheckText:
        """The call that checks the text as it stands."""
        keyphrase = self.keyphrase.strip()
        return CheckText(
            markdown=self.markdown,
            type=self.type,
            keywords=[keyphrase] if keyphrase else [],
            keyphrase=keyphrase,
        )

    def save(self) -> ImportActivity:
        """The call that keeps the text."""
        return ImportActivity(
            markdown=self.markdown, type=self.type, keyphrase=self.keyphrase.strip()
        )

    def take(self, asked: CheckText, report: TextReport) -> bool:
        """Keep the report if it is about the text as it stands."""
        if asked != self.check():
            return False
        self.report = report
        return True

    def counts(self) -> dict[str, int]:
        """How many checks each filter shows."""
        return {name: len(self.shown(name)) for name in FILTERS}

    def shown(self, name: str) -> list[Check]:
        """The checks to show: those to improve, the good ones, or all."""
        checks = self.report.checks if self.report else []
        if name == "all":
            return checks
        return [check for check in checks if check.passed == (name == "good")]

    def clear(self) -> None:
        """Begin with another text."""
        self.markdown, self.report = "", None


def place_of(message: str) -> str | None:
    """A pattern for the passage that a check quotes, whatever its case and punctuation."""
    quoted = _QUOTED.search(message)
    found = words(quoted[1]) if quoted else []
    return r"\W+".join(map(re.escape, found)) or None
