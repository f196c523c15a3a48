"""The title in search results."""

from marketer_desktop.domain.scoring.keyphrase_forms import Keyphrase, plain, unaccented
from marketer_desktop.domain.scoring.pixel_width import pixel_width
from marketer_desktop.domain.scoring.seo.subject import Subject, verdict
from marketer_desktop.domain.scoring.verdict import ScoredCheck

KEYPHRASE, WIDTH = "keyphraseInSEOTitle", "titleWidth"
WIDEST = 600
_SIGNS = "\"'“”‘’„«»‹›()[]<>.,:;?!&+-–—_\\…¿¡ |#*"


def check_title_keyphrase(subject: Subject) -> ScoredCheck:
    """The keyphrase as it stands, at the beginning; words that say nothing may come before."""
    phrase, title = subject.keyphrase, " ".join(plain(subject.paper.title).split())
    exact = Keyphrase(phrase.phrase, phrase.words, exact=True)
    if phrase.length and exact.uses(title):
        if _begins(subject, title):
            return verdict(KEYPHRASE, 9, "The title begins with the keyphrase.")
        message = "The keyphrase is in the title. Move it to the beginning."
        return verdict(KEYPHRASE, 6, message)
    if phrase.length and not phrase.exact and phrase.uses(title):
        message = "The words of the keyphrase are in the title. Begin with them as one phrase."
        return verdict(KEYPHRASE, 6, message)
    message = "The title lacks words of the keyphrase. Begin the title with the keyphrase."
    return verdict(KEYPHRASE, 2, message)


def _begins(subject: Subject, title: str) -> bool:
    phrase = subject.keyphrase.phrase
    places = [at for way in (phrase, unaccented(phrase)) if (at := title.find(way)) >= 0]
    before = [word.strip(_SIGNS) for word in title[: min(places, default=0)].split()]
    return all(not word or word in subject.function_words for word in before)


def check_title_width(subject: Subject) -> ScoredCheck:
    """Not wider than search results show."""
    if not subject.paper.title:
        return verdict(WIDTH, 1, "There is no title. Write one.")
    given = subject.paper.title_width
    width = pixel_width(subject.paper.title) if given is None else given
    if width > WIDEST:
        message = f"The title is {width:.0f} pixels wide. Shorten it to {WIDEST} or less."
        return verdict(WIDTH, 3, message)
    return verdict(WIDTH, 9, f"The title is {width:.0f} pixels wide.")
