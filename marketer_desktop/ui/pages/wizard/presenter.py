"""The brief as it stands in the wizard: its values, what is wrong with them, which step is on."""

from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

from marketer_desktop.domain.brief import DEFAULT_WORDS, LONG_FORM, ContentType, SeoPriority
from marketer_desktop.services.brief_suggestions import BriefSuggestion
from marketer_desktop.services.document_library import DocumentEntry
from marketer_desktop.services.projects import CampaignRef, ProjectSummary
from marketer_desktop.services.start_activity import StartActivity

STEPS = ("place", "content", "options")
SHORTEST_TOPIC, LONGEST_TOPIC = 3, 200
MOST_KEYWORDS, LONGEST_AUDIENCE = 10, 500
FEWEST_WORDS, MOST_WORDS = 30, 5000

FieldName = Literal["topic", "keywords", "audience"]
Problem = Literal["missing", "short", "long"]
FIELDS: dict[str, tuple[FieldName, ...]] = {
    "place": (),
    "content": ("topic", "keywords", "audience"),
    "options": (),
}


@dataclass(frozen=True)
class Values:
    """What the brief says so far."""

    project_id: int | None = None
    campaign_id: int | None = None
    type: ContentType = ContentType.BLOG
    topic: str = ""
    keywords: tuple[str, ...] = ()
    audience: str = ""
    tone: str = "professional"
    words: dict[ContentType, int] = field(default_factory=dict)
    language: str = "en"
    document_ids: frozenset[int] = frozenset()
    seo_priority: SeoPriority = "medium"
    only_documents: bool = False
    review_outline: bool = False


class WizardPresenter:
    """Begins with the last choices; what the caller names goes before them."""

    def __init__(self, prefill: dict[str, Any]) -> None:
        self._prefill = prefill
        self._left: set[str] = set()
        self._projects: list[ProjectSummary] = []
        self._documents: list[DocumentEntry] = []
        self._suggested: list[str] = []
        self.values = self._begun = Values()
        self.model = ""
        self.step = 0

    def take(self, suggestion: BriefSuggestion, projects: list[ProjectSummary]) -> None:
        """Begin with what was read."""
        self._projects = [project for project in projects if not project.is_archived]
        self._suggested, self.model = suggestion.keywords, suggestion.model
        last, asked = suggestion.choices, self._prefill
        self.values = Values(
            type=ContentType(asked.get("type", last.type)),
            topic=asked.get("topic", ""),
            keywords=tuple(asked.get("keywords", ()))[:MOST_KEYWORDS],
            audience=last.audience,
            tone=last.tone,
            words=dict(last.words),
            language=last.language,
            document_ids=frozenset(last.document_ids),
            seo_priority=last.seo_priority,
            only_documents=last.only_documents,
            review_outline=last.review_outline,
        )
        campaign = asked.get("campaign_id")
        owner = self._owner_of(campaign)
        self.choose_project(owner or asked.get("project_id") or last.project_id)
        self.choose_campaign(campaign or last.campaign_id)
        self.step = 1 if campaign is not None and owner is not None else 0
        self._begun = self.values

    def add_project(self, project: ProjectSummary) -> None:
        """A project that was just made, and is chosen."""
        self._projects = [project, *self._projects]
        self.choose_project(project.project_id)

    def add_campaign(self, campaign: CampaignRef) -> None:
        """A campaign that was just made in the chosen project, and is chosen."""
        self._projects = [
            project.model_copy(update={"campaigns": [*project.campaigns, campaign]})
            if project.project_id == self.values.project_id
            else project
            for project in self._projects
        ]
        self.choose_campaign(campaign.campaign_id)

    def take_documents(self, documents: list[DocumentEntry]) -> None:
        """The documents of the chosen project; a choice that is not among them goes."""
        self._documents = [entry for entry in documents if entry.status == "indexed"]
        known = {entry.id for entry in self._documents}
        self.set(document_ids=self.values.document_ids & known)

    def add_documents(self, document_ids: list[int]) -> None:
        """Choose documents that were just taken in."""
        self.set(document_ids=self.values.document_ids | frozenset(document_ids))

    def choose_project(self, project_id: int | None) -> None:
        """Another project: its first campaign, and none of the other's documents."""
        known = [project.project_id for project in self._projects]
        chosen = project_id if project_id in known else next(iter(known), None)
        if chosen != self.values.project_id:
            self._documents = []
        self.set(project_id=chosen)
        self.choose_campaign(None)

    def choose_campaign(self, campaign_id: int | None) -> None:
        """A campaign of the chosen project; for any other number the first."""
        known = [campaign.campaign_id for campaign in self.campaigns]
        chosen = campaign_id if campaign_id in known else next(iter(known), None)
        self.set(campaign_id=chosen)

    def set(self, **values: Any) -> None:
        """Change some values."""
        self.values = replace(self.values, **values)

    def set_words(self, words: int) -> None:
        """Keep a length for the chosen type."""
        self.set(words={**self.values.words, self.values.type: words})

    @property
    def words(self) -> int:
        """The length for the chosen type: the last one chosen for it, else a sensible one."""
        return self.values.words.get(self.values.type, DEFAULT_WORDS[self.values.type])

    @property
    def projects(self) -> list[ProjectSummary]:
        """All that are not in the archive."""
        return self._projects

    @property
    def campaigns(self) -> list[CampaignRef]:
        """Those of the chosen project."""
        chosen = self.values.project_id
        return next((p.campaigns for p in self._projects if p.project_id == chosen), [])

    @property
    def documents(self) -> list[DocumentEntry]:
        """Those that can be quoted."""
        return self._documents

    @property
    def only_documents(self) -> bool:
        """Whether nothing else may be said; without a document there would be nothing to say."""
        return self.values.only_documents and bool(self._documents)

    @property
    def is_long_form(self) -> bool:
        """Whether the chosen type is found by searching, and so has an SEO score."""
        return self.values.type in LONG_FORM

    @property
    def suggested(self) -> list[str]:
        """Keywords that were used before and are not among the chosen ones."""
        chosen = {keyword.casefold() for keyword in self.values.keywords}
        return [keyword for keyword in self._suggested if keyword.casefold() not in chosen]

    @property
    def is_typed_in(self) -> bool:
        """Whether closing would lose something that was typed."""
        names = ("topic", "keywords", "audience")
        return any(getattr(self.values, name) != getattr(self._begun, name) for name in names)

    def leave(self, name: FieldName) -> None:
        """A field was left: from now on it says what is wrong with it."""
        self._left.add(name)

    def problem(self, name: FieldName) -> Problem | None:
        """What is wrong with a field that was left."""
        return self._problem(name) if name in self._left else None

    def go_on(self) -> FieldName | None:
        """Go to the next step, or tell the first field that is in the way."""
        names = FIELDS[STEPS[self.step]]
        self._left.update(names)
        wrong = next((name for name in names if self._problem(name)), None)
        if wrong is None:
            self.step = min(self.step + 1, len(STEPS) - 1)
        return wrong

    def go_back(self) -> None:
        """Go to the step before."""
        self.step = max(self.step - 1, 0)

    @property
    def is_last_step(self) -> bool:
        """Whether what follows is writing."""
        return self.step == len(STEPS) - 1

    def call(self) -> StartActivity:
        """The brief as it is sent."""
        values = self.values
        return StartActivity(
            campaign_id=values.campaign_id,
            project_id=values.project_id,
            type=values.type,
            topic=values.topic.strip(),
            keywords=[*values.keywords],
            audience=values.audience.strip(),
            tone=values.tone,
            words=self.words,
            language=values.language,
            document_ids=sorted(values.document_ids),
            seo_priority=values.seo_priority,
            only_documents=self.only_documents,
            review_outline=values.review_outline,
        )

    def _problem(self, name: FieldName) -> Problem | None:
        if name == "keywords":
            return None if self.values.keywords else "missing"
        text = " ".join(cast(str, getattr(self.values, name)).split())
        if name == "audience":
            return "long" if len(text) > LONGEST_AUDIENCE else None
        if not text:
            return "missing"
        if len(text) < SHORTEST_TOPIC:
            return "short"
        return "long" if len(text) > LONGEST_TOPIC else None

    def _owner_of(self, campaign_id: int | None) -> int | None:
        for project in self._projects:
            if campaign_id in [campaign.campaign_id for campaign in project.campaigns]:
                return project.project_id
        return None
