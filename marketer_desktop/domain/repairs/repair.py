"""Repairs by check: each is kept only if the report gets better, and nothing that passed fails."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice

from marketer_desktop.domain.checks.check import Check, Subject
from marketer_desktop.domain.checks.report import compiled, report
from marketer_desktop.domain.checks.variants import PROBLEMS
from marketer_desktop.domain.piece import Piece
from marketer_desktop.domain.repairs.hero import with_call, with_line
from marketer_desktop.domain.repairs.keyphrase import (
    balanced,
    introduced,
    spread,
    with_heading_share,
)
from marketer_desktop.domain.repairs.length import cut_to_limit, shortened_text
from marketer_desktop.domain.repairs.posts import (
    cut_to_size,
    fitting_posts,
    hooked,
    renumbered,
    tagged,
    unmarked,
    with_preview,
    with_subject_line,
)
from marketer_desktop.domain.repairs.residue import (
    without_ai_talk,
    without_echoes,
    without_forbidden_phrases,
    without_placeholders,
    without_reasoning,
    without_repeats,
)
from marketer_desktop.domain.repairs.search_entry import (
    described,
    described_by_keyphrase,
    found_first,
    slugged,
    titles,
)
from marketer_desktop.domain.repairs.structure import (
    structured,
    with_clean_marks,
    with_short_paragraphs,
)
from marketer_desktop.domain.repairs.variants import rebuilt

Proposals = Callable[[Subject], Iterator[Piece]]

ROUNDS = 3
MOST_PROPOSALS = 8  # for one check

# In the order in which they are tried: what goes first changes what the others see.
PROPOSALS: Mapping[str, Proposals] = {
    "size": cut_to_limit,
    "reasoning": without_reasoning,
    "prompt_echo": without_echoes,
    "ai_talk": without_ai_talk,
    "placeholders": without_placeholders,
    "forbidden_phrases": without_forbidden_phrases,
    "markdown": with_clean_marks,
    "no_markdown": unmarked,
    "plain_text": unmarked,
    "repetition": without_repeats,
    "hashtags": tagged,
    "keyphraseDensity": balanced,
    "word_count": shortened_text,
    "characters": cut_to_size,
    "post_length": fitting_posts,
    "thread_numbering": renumbered,
    "headings": structured,
    "singleH1": structured,
    "subheadingsTooLong": structured,
    "textParagraphTooLong": with_short_paragraphs,
    "call_to_action": with_call,
    "subheadline": with_line,
    "keyphrase_in_introduction": introduced,
    "introductionKeyword": introduced,
    "keyphrase_in_subheadings": with_heading_share,
    "subheadingsKeyword": with_heading_share,
    "keyphraseDistribution": spread,
    "hook": hooked,
    "title_length": titles,
    "title_width": titles,
    "titleWidth": titles,
    "headline": titles,
    "keyphrase_in_title": titles,
    "keyphraseInSEOTitle": titles,
    "subject_length": with_subject_line,
    "preview_length": with_preview,
    "slug": slugged,
    "keyphrase_in_slug": slugged,
    "slugKeyword": slugged,
    "description_length": described,
    "keyphrase_in_description": described_by_keyphrase,
    "metaDescriptionLength": described,
    "metaDescriptionKeyword": described_by_keyphrase,
    "seo_score": found_first,
    **{f"variant_{name}": partial(rebuilt, name) for name in PROBLEMS},
}


def better(after: Sequence[Check], before: Sequence[Check]) -> bool:
    """Whether a report has got better: no check that passed fails now, and fewer fail.

    Hard failures count first, then all, then the scores.
    """
    failed_before = {check.id for check in before if not check.passed}
    new = [c for c in after if not c.passed and c.id not in failed_before]
    return not new and _rank(after) < _rank(before)


def _rank(checks: Sequence[Check]) -> tuple[int, int, int]:
    failed = [check for check in checks if not check.passed]
    totals = sum(c.score or 0 for c in checks if c.id in {"seo_score", "readability_score"})
    return sum(check.hard for check in failed), len(failed), -totals


def repair(check_id: str, subject: Subject) -> Piece:
    """The piece with one check mended; the very piece of `subject` if nothing makes it better."""
    return _mended(check_id, subject, report(subject))[0].piece


REPAIRS: Mapping[str, Callable[[Subject], Piece]] = {
    check_id: partial(repair, check_id) for check_id in PROPOSALS
}


def repaired(subject: Subject, checks: list[Check]) -> tuple[Piece, list[Check]]:
    """The piece with everything mended that needs no model, in a few rounds; both with reports."""
    tried: dict[str, Subject] = {}
    for _ in range(ROUNDS):
        start = subject
        for check_id in PROPOSALS:
            failed = any(check.id == check_id and not check.passed for check in checks)
            if failed and tried.get(check_id) is not subject:
                tried[check_id] = subject
                subject, checks = _mended(check_id, subject, checks)
        if subject is start:
            break
    return subject.piece, checks


def _mended(check_id: str, subject: Subject, before: list[Check]) -> tuple[Subject, list[Check]]:
    """The first proposal that mends the check and makes the report better."""
    compiled_checks = compiled(subject.brief, subject.voice)
    own = next((c for c, v in zip(compiled_checks, before, strict=False) if v.id == check_id), None)
    for piece in islice(PROPOSALS[check_id](subject), MOST_PROPOSALS):
        other = subject.with_piece(piece)
        if own is not None and not own(other).passed:  # far quicker than a whole report
            continue
        after = report(other)
        if better(after, before) and any(c.id == check_id and c.passed for c in after):
            return other, after
    return subject, before
