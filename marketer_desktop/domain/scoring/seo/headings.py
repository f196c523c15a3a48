"""What the headings say, and how many titles there are."""

from marketer_desktop.domain.scoring.paper import Block
from marketer_desktop.domain.scoring.seo.subject import Subject, block_position, verdict
from marketer_desktop.domain.scoring.verdict import ScoredCheck

SUBHEADINGS, SINGLE = "subheadingsKeyword", "singleH1"
LEAST, MOST = 0.3, 0.75
LONG_TEXT = 300


def check_subheadings(subject: Subject) -> ScoredCheck:
    """The keyphrase in some headings of the second and third level, not in all."""
    if not subject.keyphrase.length or not subject.words:
        return verdict(SUBHEADINGS, 1, "Without a text and a keyphrase nothing can be compared.")
    headings = [b for b in subject.blocks if b.level in {2, 3}]
    if not headings:
        if subject.words > LONG_TEXT:
            return verdict(SUBHEADINGS, 2, "There are no subheadings. Part the text with some.")
        return verdict(SUBHEADINGS, 9, "A text as short as this needs no subheadings.")
    named = [heading for heading in headings if _names(subject, heading)]
    return _shared(headings, named)


def _shared(headings: list[Block], named: list[Block]) -> ScoredCheck:
    if (len(headings) == 1 and named) or LEAST <= len(named) / len(headings) <= MOST:
        message = f"{len(named)} of {len(headings)} subheadings have the keyphrase."
        return verdict(SUBHEADINGS, 9, message)
    if len(named) / len(headings) > MOST:
        message = "More than 75 % of the subheadings have the keyphrase. Vary some of them."
        return verdict(SUBHEADINGS, 3, message, map(block_position, named))
    message = (
        f"{len(named)} of {len(headings)} subheadings have the keyphrase. Put it into at least "
        "30 %."
    )
    lacking = [heading for heading in headings if heading not in named]
    return verdict(SUBHEADINGS, 3, message, map(block_position, lacking))


def _names(subject: Subject, heading: Block) -> bool:
    """All of a short keyphrase, or more than half of a long one."""
    share = subject.keyphrase.share(heading.text)
    return share == 1 if subject.keyphrase.length <= 2 else share > 0.5


def check_single_title(subject: Subject) -> ScoredCheck:
    """One heading of the first level at most."""
    titles = [block for block in subject.blocks if block.level == 1 and block.text]
    if len(titles) < 2:
        return verdict(SINGLE, 8, "There is not more than one heading of level 1.")
    message = f"There are {len(titles)} headings of level 1. Keep one, make the others level 2."
    return verdict(SINGLE, 1, message, map(block_position, titles[1:]))
