"""The contract: a brief compiles to checks, and a piece gets a report of all of them."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from marketer_desktop.domain.brand_voice import NO_VOICE, BrandVoice
from marketer_desktop.domain.brief import LONG_FORM, Brief, ContentType
from marketer_desktop.domain.checks.check import Check, Subject
from marketer_desktop.domain.checks.citations import check_citations
from marketer_desktop.domain.checks.email import (
    check_plain_text,
    check_preview_length,
    check_subject_length,
)
from marketer_desktop.domain.checks.forbidden_phrases import check_forbidden_phrases
from marketer_desktop.domain.checks.headings import check_headings
from marketer_desktop.domain.checks.keyphrase_places import (
    check_keyphrase_in_description,
    check_keyphrase_in_introduction,
    check_keyphrase_in_slug,
    check_keyphrase_in_subheadings,
    check_keyphrase_in_title,
)
from marketer_desktop.domain.checks.keywords import check_keywords
from marketer_desktop.domain.checks.length import check_length
from marketer_desktop.domain.checks.markdown import check_markdown
from marketer_desktop.domain.checks.repetition import check_repetition
from marketer_desktop.domain.checks.residue import (
    check_ai_talk,
    check_placeholders,
    check_prompt_echo,
    check_reasoning,
)
from marketer_desktop.domain.checks.scored import (
    check_readability_score,
    check_seo_score,
    scored_checks,
)
from marketer_desktop.domain.checks.search_entry import (
    check_description_length,
    check_slug,
    check_title_length,
    check_title_width,
)
from marketer_desktop.domain.checks.size import check_size
from marketer_desktop.domain.checks.social import (
    check_characters,
    check_hashtags,
    check_hook,
    check_no_markdown,
    check_post_length,
    check_thread_numbering,
)
from marketer_desktop.domain.checks.variants import PROBLEMS, check_variant
from marketer_desktop.domain.checks.webpage import (
    check_call_to_action,
    check_headline,
    check_subheadline,
)

Checker = Callable[[Subject], Check]

ALWAYS: tuple[Checker, ...] = (
    check_size,
    check_repetition,
    check_placeholders,
    check_prompt_echo,
    check_reasoning,
    check_ai_talk,
    check_forbidden_phrases,
    check_markdown,
    check_citations,
)
ENTRY: tuple[Checker, ...] = (
    check_headings,
    check_title_length,
    check_title_width,
    check_description_length,
    check_slug,
)
KEYPHRASE: tuple[Checker, ...] = (
    check_keyphrase_in_title,
    check_keyphrase_in_introduction,
    check_keyphrase_in_description,
    check_keyphrase_in_slug,
    check_keyphrase_in_subheadings,
)
OF_TYPE: Mapping[ContentType, tuple[Checker, ...]] = {
    ContentType.BLOG: (),
    ContentType.WEBPAGE: (check_headline, check_subheadline, check_call_to_action),
    ContentType.LINKEDIN: (check_characters, check_hook, check_hashtags, check_no_markdown),
    ContentType.TWITTER: (check_post_length, check_thread_numbering),
    ContentType.EMAIL: (
        check_subject_length,
        check_preview_length,
        check_call_to_action,
        check_plain_text,
    ),
}
VARIANTS: tuple[Checker, ...] = tuple(partial(check_variant, name) for name in PROBLEMS)


def compiled(brief: Brief, voice: BrandVoice = NO_VOICE) -> Sequence[Checker]:
    """The checks that a brief asks for; without a length or keywords, none of those.

    The scorer's own checks come on top of them, see `report`.
    """
    checks: list[Checker] = [check_length] if brief.words else []
    checks += [check_keywords] if brief.keywords else []
    checks += [c for c in ALWAYS if voice.forbidden or c is not check_forbidden_phrases]
    if brief.type in LONG_FORM:
        checks += ENTRY
        checks += KEYPHRASE if brief.keywords or brief.topic else ()
    checks += OF_TYPE[brief.type]
    if brief.type in LONG_FORM:
        checks += [*VARIANTS, check_seo_score]
    if brief.type in LONG_FORM or brief.type is ContentType.EMAIL:
        checks.append(check_readability_score)
    return checks


def report(subject: Subject) -> list[Check]:
    """The verdicts in a fixed order: contract, variants, then what the scorer says."""
    made = [check(subject) for check in compiled(subject.brief, subject.voice)]
    return [*made, *scored_checks(subject)]


def acceptable(checks: Sequence[Check]) -> bool:
    """Whether no hard check failed."""
    return all(check.passed for check in checks if check.hard)
