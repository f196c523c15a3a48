"""The last part of the address."""

import re

from marketer_desktop.domain.scoring.seo.subject import Subject, verdict
from marketer_desktop.domain.scoring.verdict import ScoredCheck

ID = "slugKeyword"
_BETWEEN = re.compile(r"[-_]")


def check_slug(subject: Subject) -> ScoredCheck:
    """All of a short keyphrase, or more than half of a long one."""
    if not subject.paper.slug or not subject.keyphrase.length:
        return verdict(ID, 3, "There is no slug. Make one from the keyphrase.")
    share = subject.keyphrase.share(_BETWEEN.sub(" ", subject.paper.slug))
    if share == 1 or (subject.keyphrase.length > 2 and share > 0.5):
        return verdict(ID, 9, "The keyphrase is in the slug.")
    return verdict(ID, 6, "The slug lacks words of the keyphrase. Make the slug from it.")
