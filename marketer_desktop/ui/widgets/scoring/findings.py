"""What is to be said about a text: the contract's checks and the scorer's, in one form."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from marketer_desktop.domain.checks.check import Check
from marketer_desktop.domain.scoring.verdict import Position, Score, ScoredCheck

Group = Literal["contract", "seo", "readability"]
State = Literal["bad", "fair", "good"]
FILTERS = ("open", "good", "all")
GOOD_FROM, FAIR_FROM = 8, 5  # of the 9 points of a check
WORD_GAP = 4  # a blank and the marks of emphasis
SEO_BANDS, READABILITY_BANDS = (71, 41), (90, 60)  # good from, fair from
CONTRACT_GROUPS = ("contract", "variants")
SCORE_CHECK = "seo_score"  # of the contract: it speaks of the whole score
# Where the contract complains, the scorer need not say the same again.
SAME_MATTER = {
    "description_length": "metaDescriptionLength",
    "title_width": "titleWidth",
    "headings": "singleH1",
    "keyphrase_in_title": "keyphraseInSEOTitle",
    "keyphrase_in_introduction": "introductionKeyword",
    "keyphrase_in_description": "metaDescriptionKeyword",
    "keyphrase_in_slug": "slugKeyword",
    "keyphrase_in_subheadings": "subheadingsKeyword",
}
_STATES: tuple[State, ...] = ("bad", "fair", "good")


@dataclass(frozen=True)
class Finding:
    """One check as it is shown; `places` are where it can be seen in the text."""

    id: str
    group: Group
    state: State
    message: str
    places: tuple[Position, ...] = ()
    fixable: bool = False

    @property
    def passed(self) -> bool:
        """Whether nothing is to be done."""
        return self.state == "good"


@dataclass(frozen=True)
class Findings:
    """All that is known of a text, worst first; `to_improve` counts the scorer's by group."""

    contract: tuple[Finding, ...] = ()
    scored: tuple[Finding, ...] = ()
    to_improve: Mapping[str, int] = field(default_factory=dict)

    def shown(self, name: str) -> tuple[list[Finding], list[Finding]]:
        """Those of the contract and of the scorer that a filter shows."""
        return (
            [each for each in self.contract if _fits(each, name)],
            [each for each in self.scored if _fits(each, name)],
        )

    def counts(self) -> dict[str, int]:
        """How many each filter shows."""
        return {name: sum(map(len, self.shown(name))) for name in FILTERS}

    def failing(self) -> list[Finding]:
        """What the contract asks for and the text has not."""
        return [each for each in self.contract if not each.passed]


@dataclass(frozen=True)
class Rating:
    """A total with its name (`good`, `fair`, `poor`) and its tone."""

    value: int
    name: str
    tone: str = field(default="")


def rating(value: int, bands: tuple[int, int]) -> Rating:
    """How good a total is; `bands` are where good and fair begin."""
    good, fair = bands
    if value >= good:
        return Rating(value, "good", "success")
    return Rating(value, "fair", "warning") if value >= fair else Rating(value, "poor", "error")


def findings(
    checks: Sequence[Check],
    score: Score | None,
    can_fix: Callable[[str], bool] = lambda check_id: False,
    groups: Collection[Group] = ("seo", "readability"),
) -> Findings:
    """What `checks` and `score` say; `groups` are the parts of the score that count here."""
    contract = tuple(_from_check(check, can_fix) for check in checks if is_contract(check))
    covered = {SAME_MATTER.get(each.id) for each in contract if not each.passed}
    asked = [check for check in (score.checks if score else ()) if check.group in groups]
    scored = [_from_score(check, can_fix) for check in asked]
    said_once = tuple(each for each in scored if each.id not in covered)
    to_improve = Counter[str](each.group for each in scored if not each.passed)
    return Findings(_worst_first(contract), _worst_first(said_once), to_improve)


def is_contract(check: Check) -> bool:
    """Whether a check is of what was asked for, and no advice."""
    return check.hard and (check.group in CONTRACT_GROUPS or check.id == SCORE_CHECK)


def _from_check(check: Check, can_fix: Callable[[str], bool]) -> Finding:
    has_places = not check.passed and check.group != "variants"  # which are not in the text itself
    return Finding(
        id=check.id,
        group="contract",
        state="good" if check.passed else "bad",
        message=check.message,
        places=tuple(check.positions) if has_places else (),
        fixable=not check.passed and can_fix(check.id),
    )


def _from_score(check: ScoredCheck, can_fix: Callable[[str], bool]) -> Finding:
    if check.score >= GOOD_FROM:
        state: State = "good"
    else:
        state = "fair" if check.score >= FAIR_FROM else "bad"
    return Finding(
        id=check.id,
        group=check.group,
        state=state,
        message=check.message,
        places=_phrases(check.positions),
        fixable=state != "good" and can_fix(check.id),
    )


def _phrases(places: Sequence[Position]) -> tuple[Position, ...]:
    """The places, single words that follow one another joined: together they are easier to find."""
    joined: list[Position] = []
    for place in places:
        last = joined[-1] if joined else None
        follows = last is not None and 0 < place.start - last.end <= WORD_GAP
        if last is not None and follows and " " not in place.text:
            joined[-1] = Position(start=last.start, end=place.end, text=f"{last.text} {place.text}")
        else:
            joined.append(place)
    return tuple(joined)


def _worst_first(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=lambda each: _STATES.index(each.state)))


def _fits(finding: Finding, name: str) -> bool:
    return name == "all" or finding.passed == (name == "good")
