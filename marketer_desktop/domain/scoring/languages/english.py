"""English, as the scorer knows it."""

from marketer_desktop.domain.scoring.language import Language
from marketer_desktop.domain.scoring.languages.english_function_words import FUNCTION_WORDS
from marketer_desktop.domain.scoring.languages.english_passive import is_passive
from marketer_desktop.domain.scoring.languages.english_syllables import count_syllables
from marketer_desktop.domain.scoring.languages.english_transitions import has_transition

_WEAK_OPENINGS = """
the a an this that these those one two three four five six seven eight nine ten
"""
_ABBREVIATIONS = """
mr mrs ms dr prof rev st gen capt sgt lt col sr jr no vs e.g i.e cf
"""

ENGLISH = Language(
    code="en",
    function_words=FUNCTION_WORDS,
    weak_openings=frozenset(_WEAK_OPENINGS.split()),
    abbreviations=frozenset(_ABBREVIATIONS.split()),
    transitions=has_transition,
    passive=is_passive,
    syllables=count_syllables,
    ease=(206.835, 1.015, 84.6),
)
