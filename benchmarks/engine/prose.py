"""English prose that comes with every Python: the topics of its own help."""

import re
from pydoc_data.topics import topics

import numpy as np

LEAST_WORDS, MOST_WORDS = 12, 60
SEED = 5


def paragraphs() -> list[str]:
    """Distinct paragraphs, in a mixed order that is always the same."""
    words = [part.split() for text in topics.values() for part in re.split(r"\n\s*\n", text)]
    kept = {" ".join(each[:MOST_WORDS]) for each in words if len(each) >= LEAST_WORDS}
    return [str(text) for text in np.random.default_rng(SEED).permutation(sorted(kept))]
