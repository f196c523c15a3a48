"""The scorer's checks as part of the contract: how much of them binds, the priority decides."""

from collections.abc import Sequence

from marketer_desktop.domain.brief import LONG_FORM
from marketer_desktop.domain.checks.check import Check, Subject, verdict
from marketer_desktop.domain.scoring.paper import Text
from marketer_desktop.domain.scoring.verdict import ScoredCheck

LEAST_SEO = {"low": 60, "medium": 60, "high": 75}  # low: what is fair, as advice
LEAST_READABILITY = 60
FAIR = 6  # of 9
NONE_THERE = 3  # what the scorer gives for links or images where there are none
KEYPHRASE_CHECKS = frozenset(
    {
        "introductionKeyword",
        "keyphraseLength",
        "keyphraseDensity",
        "metaDescriptionKeyword",
        "subheadingsKeyword",
        "keyphraseInSEOTitle",
        "slugKeyword",
        "functionWordsInKeyphrase",
        "keyphraseDistribution",
    }
)


def _needs_what_is_not_there(check: ScoredCheck, text: Text) -> bool:
    if check.id in {"images", "imageKeyphrase"}:
        return not text.images
    if check.id in {"externalLinks", "internalLinks"}:
        return not text.links or check.score == NONE_THERE
    return check.id == "textCompetingLinks" and not text.links


def counted(subject: Subject) -> list[ScoredCheck]:
    """The scorer's checks, without those that need images or links that the piece has not."""
    found = subject.score.checks if subject.score else []
    return [
        check
        for check in found
        if not _needs_what_is_not_there(check, subject.paper.text)
        and (check.group == "readability" or subject.kind in LONG_FORM)
    ]


def overall(checks: Sequence[ScoredCheck]) -> int:
    """What the SEO checks amount to, of 100."""
    scores = [check.score for check in checks if check.group == "seo"]
    return min(100, max(0, round(sum(scores) / (len(scores) * 9) * 100))) if scores else 0


def check_seo_score(subject: Subject) -> Check:
    """The overall score against what the priority asks for."""
    checks = counted(subject)
    priority = subject.brief.seo_priority
    got, least = overall(checks), LEAST_SEO[priority]
    said = f"SEO {got} of 100"
    problem = ""
    if got < least:
        worst = min((c for c in checks if c.group == "seo"), key=lambda c: c.score, default=None)
        problem = f"{said}, at least {least} is {'good' if priority == 'low' else 'asked'}."
        problem += f" First: {worst.message}" if worst else ""
    hard = priority != "low"
    found = verdict("seo_score", problem, f"{said}.", hard=hard, group="seo")
    return found.model_copy(update={"score": got})


def check_readability_score(subject: Subject) -> Check:
    """The overall readability, as advice."""
    got = subject.score.readability if subject.score else 0
    low = got < LEAST_READABILITY
    said = f"Readability {got} of 100"
    problem = f"{said}: shorter sentences and more transitions help." if low else ""
    found = verdict("readability_score", problem, f"{said}.", hard=False, group="readability")
    return found.model_copy(update={"score": got})


def scored_checks(subject: Subject) -> list[Check]:
    """One check each; advice, but for those of the keyphrase at high priority."""
    binding = KEYPHRASE_CHECKS if subject.brief.seo_priority == "high" else frozenset()
    return [
        Check(
            id=check.id,
            hard=check.id in binding,
            passed=check.score >= FAIR,
            message=check.message,
            group=check.group,
            score=check.score,
            positions=check.positions,
        )
        for check in counted(subject)
    ]
