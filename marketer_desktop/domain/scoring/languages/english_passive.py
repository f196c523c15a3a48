"""Whether an English sentence is in the passive voice: a form of *to be* or *to get*, then a
participle in the same clause."""

import re
from collections.abc import Sequence

from marketer_desktop.domain.scoring.languages.english_participles import (
    IRREGULAR,
    NO_PARTICIPLES,
)

_AUXILIARIES = frozenset(
    """
    am is are was were be been being get gets got getting gotten having
    isn't aren't wasn't weren't ain't i'm you're we're they're he's she's it's that's what's
    """.split()
)
_CLAUSE_ENDS = frozenset(
    """
    , : –
    and or but that which who whom whose what where when why how while whilst because although
    though if unless until till after before since as than to whether whenever wherever once
    whereas provided
    can could will would shall should may might must do does did has have had
    i've you've we've they've who've
    can't cannot couldn't won't wouldn't shouldn't don't doesn't didn't hasn't haven't hadn't
    """.split()
)
_NOT_BEFORE_PARTICIPLES = frozenset(
    """
    the my your his her its our their this these those some many more most every first no all
    about much over up out at of in on with by for from into onto upon against between through
    under without within per via a an above having less
    """.split()
)
_NOT_GERUNDS = frozenset(
    """
    being king kings something anything everything thing spring string bring sing ring wing
    """.split()
)
_REGULAR = re.compile(r"[^\W\d_][\w'-]*[^\W\d_]ed")


def is_participle(word: str) -> bool:
    """Whether the lower-case word can be a past participle."""
    if word in IRREGULAR:
        return True
    return word not in NO_PARTICIPLES and bool(_REGULAR.fullmatch(word))


def is_passive(tokens: Sequence[str]) -> bool:
    """Whether a participle follows its auxiliary; `tokens` are lower-case words and marks."""
    open_clause, before = False, ""
    for token in tokens:
        if token in _AUXILIARIES:
            open_clause = True
        elif token in _CLAUSE_ENDS or _ends_clause(token):
            open_clause = False
        elif open_clause and before not in _NOT_BEFORE_PARTICIPLES and is_participle(token):
            return True
        before = token
    return False


def _ends_clause(token: str) -> bool:
    return token.endswith("ing") and token not in _NOT_GERUNDS
