"""What the editor knows of its text: what is stored, what was changed since, what is to improve."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from marketer_desktop.domain.activity_status import NEXT
from marketer_desktop.domain.brief import LONG_FORM, ContentType
from marketer_desktop.domain.checks.check import Check
from marketer_desktop.services.check_text import CheckText, TextReport
from marketer_desktop.services.content import Content, ContentSource, SaveContent, Saved

Fields = Literal["title", "description", "slug", "keyphrase"]
FIELDS: tuple[Fields, ...] = ("title", "description", "slug", "keyphrase")
WORKFLOW = ("draft", "in_review", "approved", "published")
_QUOTED = re.compile(r"“([^”]+)”")


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
        return CheckText(
            markdown=markdown,
            type=self.kind,
            title=self.fields["title"],
            keywords=self.content.keywords,
            words=self.content.words,
            keyphrase=self.fields["keyphrase"],
            sources=self.content.sources,
        )

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

    def to_improve(self) -> list[Check]:
        """The checks that the text does not pass now."""
        return [check for check in self.checks() if not check.passed]

    def good(self) -> list[Check]:
        """The checks that it passes."""
        return [check for check in self.checks() if check.passed]

    def checks(self) -> Sequence[Check]:
        """All checks: of the text as it stands, else those of its run."""
        return self.report.checks if self.report is not None else self.content.checks

    def file_name(self, extension: str) -> str:
        """A name for a file with this text."""
        plain = self.fields["slug"].strip() or self.heading
        kept = re.sub(r"[^\w -]", "", plain).strip()[:80]
        return f"{kept or 'text'}{extension}"


def quoted_in(message: str) -> str:
    """The passage that a check's message quotes; empty if it quotes none."""
    found = _QUOTED.search(message)
    return found[1] if found else ""
