"""No phrase that the brand voice forbids."""

from marketer_desktop.domain.checks.check import Check, Subject
from marketer_desktop.domain.checks.texts import absent
from marketer_desktop.domain.words import contains_phrase


def forbidden_phrases(subject: Subject) -> list[str]:
    """What must not be said; what the brief itself asks for may."""
    return subject.voice.allowing([subject.brief.topic, *subject.brief.keywords]).forbidden


def check_forbidden_phrases(subject: Subject) -> Check:
    """Whatever the case, and anywhere: title, text, posts."""
    phrases = forbidden_phrases(subject)

    def find(text: str) -> str | None:
        return next((phrase for phrase in phrases if contains_phrase(text, phrase)), None)

    mend = "The brand's voice forbids this phrase: say it differently."
    praise = "No forbidden phrases." if phrases else "The voice forbids no phrases."
    return absent("forbidden_phrases", subject, find, mend, praise)
