"""All checks of this group in their order, and what they come to."""

from collections.abc import Callable, Sequence

from marketer_desktop.domain.scoring.seo.density import check_density
from marketer_desktop.domain.scoring.seo.distribution import check_distribution
from marketer_desktop.domain.scoring.seo.headings import check_single_title, check_subheadings
from marketer_desktop.domain.scoring.seo.images import check_image_keyphrase, check_images
from marketer_desktop.domain.scoring.seo.introduction import check_introduction
from marketer_desktop.domain.scoring.seo.keyphrase_length import (
    check_function_words,
    check_keyphrase_length,
)
from marketer_desktop.domain.scoring.seo.links import (
    check_competing_links,
    check_internal_links,
    check_outbound_links,
)
from marketer_desktop.domain.scoring.seo.meta_description import (
    check_description_keyphrase,
    check_description_length,
)
from marketer_desktop.domain.scoring.seo.slug import check_slug
from marketer_desktop.domain.scoring.seo.subject import Subject
from marketer_desktop.domain.scoring.seo.text_length import check_text_length
from marketer_desktop.domain.scoring.seo.title import check_title_keyphrase, check_title_width
from marketer_desktop.domain.scoring.verdict import ScoredCheck

SEO_CHECKS: Sequence[Callable[[Subject], ScoredCheck | None]] = (
    check_introduction,
    check_keyphrase_length,
    check_function_words,
    check_density,
    check_description_keyphrase,
    check_description_length,
    check_subheadings,
    check_competing_links,
    check_image_keyphrase,
    check_images,
    check_text_length,
    check_outbound_links,
    check_internal_links,
    check_title_keyphrase,
    check_title_width,
    check_slug,
    check_single_title,
    check_distribution,
)
BEST = 9


def seo_checks(subject: Subject) -> list[ScoredCheck]:
    """What each check says; those with nothing to say are left out."""
    said = (check(subject) for check in SEO_CHECKS)
    return [check for check in said if check is not None]


def seo_total(subject: Subject, checks: Sequence[ScoredCheck]) -> int:
    """0 to 100; without text or keyphrase there is nothing to find, which is 0."""
    if not subject.keyphrase.length or not subject.words or not checks:
        return 0
    share = sum(check.score for check in checks) / (len(checks) * BEST)
    return min(100, max(0, int(share * 100 + 0.5)))
