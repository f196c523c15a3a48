"""The last scores: a text is scored while it is edited, and again as it is checked and saved."""

from functools import lru_cache

from marketer_desktop.domain.scoring.score import score

KEPT = 32  # texts with their verdicts; of several people who edit, each asks for the last one

remembered_score = lru_cache(KEPT)(score)
