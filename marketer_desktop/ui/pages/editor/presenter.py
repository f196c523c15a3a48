"""What the editor knows of its text: what is stored, what was changed since, what is to improve."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from marketer_desktop.domain.activity_status import NEXT
from marketer_desktop.domain.brief import LONG_FORM, ContentType
from marketer_desktop.domain.checks.check import Check
from marketer_desktop.domain.scoring.verdict import Score
from marketer_desktop.services.check_text import CheckText, TextReport
from marketer_desktop.services.content import Content, ContentSource, SaveContent, Saved
from marketer_desktop.services.fix_check import FixCheck, can_fix
from marketer_desktop.ui.widgets.scoring.findings import Findings, Group, findings

Fields = Literal["title", "description", "slug", "keyphrase"]
FIELDS: tuple[Fields, ...] = ("title", "description", "slug", "keyphrase")
GROUPS: tuple[Group, ...] = ("seo", "readability")
REQUIRED_SCORE = {"medium": 60, "high": 75}
WORKFLOW = ("draft", "in_review", "approved", "published")


@dataclass
class TextState:
    """One text that is open. `stored_at` is the revision that the next save is based on."""

    content: Content
    status: str = ""
    stored_at: int = 0
    fields: dict[str, str] = field(default_factory=dict)
    variants: dict[str, str] = field(default_factory=dict)
    report: TextReport | None = None
    _changed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        content = self.content
        self.status, self.stored_at = content.status, content.revision
        self.fields = {name: str(getattr(content, name)) for name in FIELDS}
        self.variants = dict(content.variants)

    @property
    def activity_id(self) -> int:
        """Which activity this is."""
        return self.content.activity_id

    @property
    def kind(self) -> ContentType:
        """The type of the text."""
        return ContentType(self.content.type)

    @property
    def has_sections(self) -> bool:
        """Whether the text has headings, a page of its own, and so a search result."""
        return self.kind in LONG_FORM

    @property
    def heading(self) -> str:
        """What the head shows: the title, else what was asked for."""
        return self.fields["title"].strip() or self.content.topic

    def set_field(self, name: Fields, value: str) -> bool:
        """Change a field; False if that is what it is already."""
        if self.fields[name] == value:
            return False
        self.fields[name] = value
        self._changed.add(name)
        return True

    def set_variant(self, name: str, text: str) -> bool:
        """Change a variant; False if that is what it is already."""
        if self.variants.get(name) == text:
            return False
        self.variants[name] = text
        self._changed.add("variants")
        return True

    def save_call(
        self, markdown: str, reason: Literal["edited", "regenerated"] = "edited"
    ) -> SaveContent:
        """The call that stores the text as it stands, with the fields that were changed."""
        changed = {name: self.fields[name] for name in FIELDS if name in self._changed}
        if "title" in changed:
            changed["title"] = changed["title"][:255]
        return SaveContent(
            activity_id=self.activity_id,
            markdown=markdown,
            base_revision=self.stored_at,
            variants=dict(self.variants) if "variants" in self._changed else None,
            reason=reason,
            **changed,
        )

    def saved(self, call: SaveContent, saved: Saved) -> None:
        """Note what has been stored; what was changed while that went on is still to be stored."""
        self.stored_at = saved.revision
        for name in FIELDS:
            if getattr(call, name) == self.fields[name][:255]:
                self._changed.discard(name)
        if call.variants == self.variants:
            self._changed.discard("variants")

    def check_call(self, markdown: str) -> CheckText:
        """The call that checks the text as it stands."""
        return CheckText(markdown=markdown, **self._asked())

    def fix_call(self, markdown: str, check_id: str) -> FixCheck:
        """The call that mends what a check complains of."""
        return FixCheck(markdown=markdown, check_id=check_id, **self._asked())

    def _asked(self) -> dict[str, Any]:
        content = self.content
        return {
            "activity_id": content.activity_id,
            "type": self.kind,
            "topic": content.topic,
            "keywords": content.keywords,
            "words": content.words,
            "language": content.language,
            "seo_priority": content.seo_priority,
            "sources": content.sources,
            "variants": dict(self.variants),
            **self.fields,
        }

    def set_fields(self, fields: Mapping[Fields, str]) -> None:
        """Change several fields at once."""
        for name, value in fields.items():
            self.set_field(name, value)

    def source(self, n: int) -> ContentSource | None:
        """The passage behind `[n]`."""
        return next((source for source in self.content.sources if source.n == n), None)

    def next_statuses(self) -> list[str]:
        """What the text may become now, the archive aside, in the order of its way."""
        allowed = NEXT.get(self.status, ())
        return [status for status in WORKFLOW if status in allowed]

    def may_be_published(self) -> bool:
        """Whether the text can be marked as published from here."""
        return "published" in NEXT.get(self.status, ())

    @property
    def score(self) -> Score | None:
        """The score of the text as it stood when it was last checked."""
        return self.report.score if self.report is not None else None

    @property
    def seo(self) -> int | None:
        """The SEO score, where there is one: of a page with a keyphrase."""
        counts = self.has_sections and self.fields["keyphrase"].strip()
        return self.score.seo if self.score is not None and counts else None

    @property
    def required_score(self) -> int | None:
        """The SEO score that the brief asks for."""
        return REQUIRED_SCORE.get(self.content.seo_priority) if self.has_sections else None

    def findings(self) -> Findings:
        """What is to be said about the text, as the SEO view shows it."""
        groups = GROUPS if self.has_sections else GROUPS[1:]
        return findings(self.checks(), self.score, can_fix, groups)

    def checks(self) -> Sequence[Check]:
        """All checks: of the text as it stands, else those of its run."""
        return self.report.checks if self.report is not None else self.content.checks

    def variant_check(self, name: str) -> Check | None:
        """What the contract says of a variant, if it was checked."""
        return next((check for check in self.checks() if check.id == f"variant_{name}"), None)

    def file_name(self, extension: str) -> str:
        """A name for a file with this text."""
        plain = self.fields["slug"].strip() or self.heading
        kept = re.sub(r"[^\w -]", "", plain).strip()[:80]
        return f"{kept or 'text'}{extension}"
